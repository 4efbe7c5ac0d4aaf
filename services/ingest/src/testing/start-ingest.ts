import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { listen, type RunningProcess, sleep, startProcess } from '@cordon/runtime'
import type { TestBroker, TestDatabase } from '@cordon/testkit'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

/** The real process, from source, on a test database and a test broker. */
export async function startIngest(database: TestDatabase, broker: TestBroker): Promise<RunningProcess> {
  const opsPort = await freePort()
  return startProcess({
    name: 'ingest',
    command: process.execPath,
    args: ['--conditions=@cordon/source', '--import', 'tsx', main],
    env: {
      ...process.env,
      ...broker.ingestEnv,
      CORDON_DATABASE_URL: database.url,
      CORDON_OPS_PORT: String(opsPort),
      CORDON_LOG_LEVEL: 'warn',
    },
    isReady: async () => (await fetch(`http://127.0.0.1:${opsPort}/ready`)).ok,
  })
}

/** Not a fixed one: another run on the same machine would answer "ready" in the place of this one. */
async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server, 0, '127.0.0.1')
  await new Promise(resolve => server.close(resolve))
  return port
}

export async function until(isSo: () => boolean | Promise<boolean>, what: string, ms = 20_000): Promise<void> {
  for (const deadline = Date.now() + ms; !(await isSo()); await sleep(25)) {
    if (Date.now() > deadline) throw new Error(`in ${ms} ms it did not happen that ${what}`)
  }
}
