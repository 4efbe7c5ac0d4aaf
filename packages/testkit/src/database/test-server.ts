import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@cordon/embedded'
import { createLogger } from '@cordon/runtime'
import { migrate } from '@cordon/store'
import { DatabaseError, Pool } from 'pg'

export interface TestServer {
  /** A database of its own, with the newest schema or with nothing. The first call starts the server and makes the template. */
  create(content: 'migrated' | 'empty'): Promise<{ readonly name: string; readonly url: string }>
  drop(name: string): Promise<void>
  /** Drops what is left, template included, and stops the server if it was started here. */
  stop(): Promise<void>
}

interface Started {
  readonly admin: Pool
  readonly serverUrl: string
  readonly template: string
  stop(): Promise<void>
}

const silent = createLogger({ name: 'test-database', level: 'silent' })

/** The server of CORDON_TEST_DATABASE_URL (a superuser's: databases come and go), else the embedded PostgreSQL in a folder of its own. */
export function createTestServer(env: NodeJS.ProcessEnv): TestServer {
  const run = randomBytes(4).toString('hex')
  const names = new Set<string>()
  let started: Promise<Started> | undefined
  let count = 0
  const start = (): Promise<Started> => {
    started ??= startServer(env.CORDON_TEST_DATABASE_URL, `cordon_template_${run}`)
    return started
  }
  async function drop(name: string): Promise<void> {
    if (!names.delete(name)) throw new Error(`${name} is no database of this run`)
    await dropDatabase((await start()).admin, name)
  }
  return {
    async create(content) {
      const { admin, serverUrl, template } = await start()
      const name = `cordon_test_${run}_${++count}`
      names.add(name)
      await cloneDatabase(admin, name, content === 'empty' ? 'template1' : template)
      return { name, url: withDatabase(serverUrl, name) }
    },
    drop,
    async stop() {
      const server = await started?.catch(() => undefined)
      if (server === undefined) return
      for (const name of [...names]) await drop(name)
      await server.stop()
    },
  }
}

async function startServer(given: string | undefined, template: string): Promise<Started> {
  const server = given ? { url: given, stop: () => Promise.resolve() } : await startEmbedded()
  const admin = new Pool({ connectionString: server.url, max: 1 }) // one by one, whoever asks
  admin.on('error', () => undefined) // whoever asks next is told
  await admin.query(`create database ${template}`)
  const stop = async (): Promise<void> => {
    await dropDatabase(admin, template)
    await admin.end()
    await server.stop()
  }
  try {
    await migrate({ url: withDatabase(server.url, template), logger: silent })
    return { admin, serverUrl: server.url, template, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Without fsync: nobody wants these data after a crash, and a commit costs a tenth. */
async function startEmbedded(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-test-database-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  const settings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '128MB' }
  try {
    const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), logger: silent, settings })
    return { url: server.url, stop: () => server.stop().then(removeFolder) }
  } catch (error) {
    await removeFolder()
    throw error
  }
}

const OBJECT_IN_USE = '55006'
const CLONE_ATTEMPTS = 50
const CLONE_PAUSE_MS = 100

/** A template cannot be copied while anybody is connected to it; TimescaleDB's scheduler looks into every database now and then. */
async function cloneDatabase(admin: Pool, name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await admin.query(`create database ${name} template ${template}`)
      return
    } catch (error) {
      const isInUse = error instanceof DatabaseError && error.code === OBJECT_IN_USE
      if (!isInUse || attempt === CLONE_ATTEMPTS) throw error
      await wait(CLONE_PAUSE_MS)
    }
  }
}

async function dropDatabase(admin: Pool, name: string): Promise<void> {
  await admin.query(`drop database if exists ${name} with (force)`)
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
