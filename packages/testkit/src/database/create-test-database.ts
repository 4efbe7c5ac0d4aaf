import { createLogger, type Logger } from '@cordon/runtime'
import { openStore, type Store } from '@cordon/store'

export interface TestDatabase {
  /** For processes and stores of the test's own. */
  readonly url: string
  readonly store: Store
  /** Closes the store and removes the database, whoever else is still connected to it. */
  drop(): Promise<void>
}

export interface TestDatabaseOptions {
  readonly logger?: Logger
  readonly poolSize?: number
  /** Without the migrations. */
  readonly empty?: boolean
}

/** A database of this test file's own: all migrations, no rows; about 50 ms. What is not dropped goes at the end of the run. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { logger = createLogger({ name: 'test', level: 'silent' }), poolSize = 5, empty = false } = options
  const desk = process.env.CORDON_TEST_DATABASE_DESK
  if (desk === undefined) throw new Error('test databases need globalSetup: packages/testkit/src/database-setup.ts')
  const { name, url } = (await ask(`${desk}/${empty ? 'empty' : 'migrated'}`, 'POST')) as {
    readonly name: string
    readonly url: string
  }
  const store = await openStore({ url, applicationName: 'test', logger, poolSize })
  const drop = async (): Promise<void> => {
    await store.close()
    await ask(`${desk}/${name}`, 'DELETE')
  }
  return { url, store, drop }
}

async function ask(address: string, method: 'POST' | 'DELETE'): Promise<unknown> {
  const answer = await fetch(address, { method, headers: { connection: 'close' } })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.status === 204 ? undefined : answer.json()
}
