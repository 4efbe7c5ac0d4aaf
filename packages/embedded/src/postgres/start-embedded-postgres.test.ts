import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@cordon/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../free-port.ts'
import { isAlive, startOf } from '../process-identity.ts'
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const isRoot = process.getuid?.() === 0
const cleanUps: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** mkdtemp makes it with mode 0700: as root, nobody else can enter it. */
function newDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-postgres-'))
  cleanUps.push(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, 'postgres')
}

async function start(dataDir: string, port = 0) {
  const database = await startEmbeddedPostgres({ dataDir, port, logger })
  cleanUps.push(() => database.stop())
  return database
}

interface PgClient {
  connect(): Promise<void>
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>
  end(): Promise<void>
  on(event: 'error', listener: () => void): void
}

// The driver that embedded-postgres brings for itself: this package has no other use for one.
const packages = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
const { Client } = packages('pg') as { Client: new (options: { connectionString: string }) => PgClient }

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing was thrown',
    (error: unknown) => (error as { code?: string }).code,
  )
}

function serverPid(dataDir: string): number {
  return Number.parseInt(readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'latin1'), 10)
}

/** Another process that starts the database, prints its URL and waits. */
async function startElsewhere(
  dataDir: string,
  prefix: readonly string[] = [],
): Promise<{ child: ChildProcess; url: string }> {
  const program = `
    import { createLogger } from '@cordon/runtime'
    import { startEmbeddedPostgres } from './start-embedded-postgres.ts'
    const logger = createLogger({ name: 'child', level: 'silent' })
    const database = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, logger })
    process.on('SIGTERM', () => void database.stop())
    process.stdout.write(database.url + '\\n')`
  const flags = ['--conditions=@cordon/source', '--import=tsx', '--input-type=module', '--eval', program]
  const [command = '', ...args] = [...prefix, process.execPath, ...flags]
  const child = spawn(command, args, { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUps.push(() => void child.kill('SIGKILL'))
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, url: chunk.toString('utf8').trim() }
}

describe('the embedded PostgreSQL', () => {
  it('answers on loopback to its password only, in UTF8 and UTC, and keeps its data', async () => {
    const dataDir = newDataDir()
    const first = await start(dataDir)
    expect(first.url).toMatch(new RegExp(`^postgres://cordon:[\\w-]{32}@127\\.0\\.0\\.1:${first.port}/cordon$`))
    const settings = ['server_encoding', 'timezone', 'listen_addresses', 'unix_socket_directories', 'fsync']
    const rows = await query(
      first.url,
      settings.map(name => `SELECT current_setting('${name}') AS v`).join(' UNION ALL '),
    )
    expect(rows.map(row => row.v)).toEqual(['UTF8', 'UTC', '127.0.0.1', '', 'on'])
    await expect(query(first.url.replace(/:[\w-]{32}@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/)
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600)

    await query(first.url, `CREATE TABLE kept AS SELECT 'Siân'::text AS name`)
    await first.stop()
    expect(await first.exited).toBeUndefined()
    expect(existsSync(join(dataDir, 'cluster', 'postmaster.pid'))).toBe(false)

    const second = await start(dataDir)
    expect(await query(second.url, 'SELECT upper(name) AS name FROM kept')).toEqual([{ name: 'SIÂN' }])
  })

  it('stops although a client keeps its connection', async () => {
    const database = await start(newDataDir())
    const client = new Client({ connectionString: database.url })
    client.on('error', () => undefined)
    await client.connect()
    await database.stop()
    await expect(client.query('SELECT 1')).rejects.toThrow()
  })

  it('notices a crash, and recovers what was committed at the next start', async () => {
    const dataDir = newDataDir()
    const first = await start(dataDir)
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS n')
    process.kill(serverPid(dataDir), 'SIGKILL')
    const error = await first.exited
    expect(error?.code).toBe('database-stopped')
    expect(error?.message).toContain('SIGKILL')
    const second = await start(dataDir)
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  })

  it('takes over from a process that was killed and left the server running', async () => {
    const dataDir = newDataDir()
    const { child, url } = await startElsewhere(dataDir)
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS n')
    const orphan = serverPid(dataDir)
    const orphanStart = startOf(orphan)
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(isAlive(orphan)).toBe(true)
    const database = await start(dataDir)
    expect(startOf(orphan)).not.toBe(orphanStart)
    expect(await query(database.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  })

  it('starts although postmaster.pid names the process of another program', async () => {
    const dataDir = newDataDir()
    await (await start(dataDir)).stop()
    writeFileSync(join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}/cluster\n1700000000\n5432\n`)
    const database = await start(dataDir)
    expect(await query(database.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  })

  it('builds again what was cut off while it was first made', async () => {
    const dataDir = newDataDir()
    mkdirSync(join(dataDir, 'cluster.new', 'base'), { recursive: true })
    writeFileSync(join(dataDir, 'cluster.new', 'PG_VERSION'), '18\n')
    const database = await start(dataDir)
    expect(await query(database.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  })

  it('leaves a damaged data directory as it is', async () => {
    const dataDir = newDataDir()
    await (await start(dataDir)).stop()
    const password = readFileSync(join(dataDir, 'password'), 'utf8')
    rmSync(join(dataDir, 'cluster', 'PG_VERSION'))
    await expect(start(dataDir)).rejects.toThrow(/damaged, .*PG_VERSION cannot be read/)
    expect(readFileSync(join(dataDir, 'password'), 'utf8')).toBe(password)
    expect(existsSync(join(dataDir, 'cluster', 'base'))).toBe(true)
  })

  it('says plainly that another process uses the data directory', async () => {
    const dataDir = newDataDir()
    await start(dataDir)
    await expect(start(dataDir)).rejects.toThrow(`${dataDir} is in use by the process ${process.pid}`)
  })

  it('says plainly that its port is in use', async () => {
    const server = createServer().listen(await freePort('127.0.0.1'), '127.0.0.1')
    await once(server, 'listening')
    cleanUps.push(() => void server.close())
    const { port } = server.address() as { port: number }
    await expect(start(newDataDir(), port)).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`)
  })

  it('says plainly that the data directory cannot be written', async () => {
    const file = join(newDataDir(), '..', 'file')
    writeFileSync(file, '')
    await expect(codeOf(start(join(file, 'postgres')))).resolves.toBe('data-dir-unusable')
  })

  it('says plainly that another version of PostgreSQL wrote the data', async () => {
    const dataDir = newDataDir()
    await (await start(dataDir)).stop()
    writeFileSync(join(dataDir, 'cluster', 'PG_VERSION'), '12\n')
    await expect(start(dataDir)).rejects.toThrow(/was written by PostgreSQL 12, installed is 18/)
  })

  it('passes on what PostgreSQL said when it refuses to start', async () => {
    const dataDir = newDataDir()
    const refused = startEmbeddedPostgres({ dataDir, logger, settings: { max_connections: 'many' } })
    await expect(codeOf(refused)).resolves.toBe('database-start-failed')
    await expect(startEmbeddedPostgres({ dataDir, logger, settings: { max_connections: 'many' } })).rejects.toThrow(
      'invalid value for parameter "max_connections"',
    )
  })

  // The same capability that lets PostgreSQL in lets this process read a checkout that only root can enter.
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--securebits=+no_setuid_fixup']
  const reading = ['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override']

  it.runIf(isRoot)('runs as an ordinary user, and root can go on with what that user made', async () => {
    const dataDir = newDataDir()
    chmodSync(join(dataDir, '..'), 0o777)
    const { child, url } = await startElsewhere(dataDir, [...asNobody, ...reading])
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS n')
    child.kill('SIGTERM')
    await once(child, 'close')
    expect(statSync(join(dataDir, 'cluster')).uid).toBe(65_534)
    const database = await start(dataDir)
    expect(await query(database.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  })
})
