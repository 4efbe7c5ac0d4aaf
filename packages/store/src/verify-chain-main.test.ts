import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type ActivationId, asId } from '@cordon/contract'
import { aBatch, aFix, createTestDatabase, freePort, type TestDatabase } from '@cordon/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readHeads } from './chain/read-heads.ts'
import { sealAppended } from './chain/seal-appended.ts'
import { insertAuditEntry } from './people/insert-audit-entry.ts'
import { writeBatch } from './write/write-batch.ts'

const MAIN = fileURLToPath(new URL('verify-chain-main.ts', import.meta.url))
const at = Date.UTC(2026, 10, 22, 6)
const MINUTE = 60_000
const DAY = ['--from', '2026-11-22', '--to', '2026-11-23']

let database: TestDatabase
let folder: string
let anchors: string
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'cordon-verify-chain-'))
  anchors = join(folder, 'anchors.jsonl')
  for (let minute = 0; minute < 3; minute++) {
    const fixes = ['1', '2'].map(id => ({
      activationId: asId<ActivationId>(id),
      fix: aFix({ measuredAt: at + minute * MINUTE, seq: minute }),
    }))
    await writeBatch(database.store, aBatch({ fixes }))
  }
  await insertAuditEntry(database.store, { who: 'kim', what: 'read-track', detail: {} })
  await sealAppended(database.store, new Map(), Date.now())
  await writeFile(anchors, (await readHeads(database.store)).map(head => JSON.stringify(head)).join('\n'))
  await database.store.execute(
    'create schema kept; create table kept.fixes as table fixes; create table kept.activation_secrets as table activation_secrets',
  )
})
afterEach(() => database.store.execute('delete from fixes; insert into fixes table kept.fixes'))
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

async function command(args: readonly string[], url: string | undefined = database.url) {
  const env = { ...process.env, CORDON_DATABASE_URL: url }
  const child = spawn(process.execPath, ['--conditions=@cordon/source', '--import', 'tsx', MAIN, ...args], { env })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { stdout, stderr, code: code as number }
}

/** Whatever is recorded at the time of the test, too. */
const everything = ['--from', '2020-01-01', '--to', '2100-01-01']

describe('npm run verify-chain', () => {
  it('ends with 0 and says what it looked at when all is as it was recorded', async () => {
    const { code, stdout, stderr } = await command([...everything, '--anchors', anchors])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^6 fixes in 3 batches, \d+ links, 3 anchors$/)
    expect(lines).toContain('audit_entries: 1 sealed')
    expect(lines).toContain('activation_secrets: 2 sealed')
    expect(stdout).toMatch(/\nall as it was recorded\n$/)
  }, 120_000)

  it('ends with 1 and says which row of which batch when a fix was altered, in words and as JSON', async () => {
    await database.store.execute('update fixes set lon = lon + 1e-9 where activation_id = 2 and seq = 1')
    const told = await command(DAY)
    expect(told).toMatchObject({ code: 1, stderr: '' })
    const measured = new Date(at + MINUTE).toISOString()
    expect(told.stdout).toContain(
      `ALTERED fixes activation 2, measured ${measured}, seq 1: is not what was recorded\n    batch 2 of the chain of fixes of test\n    recorded after `,
    )
    expect(told.stdout).toMatch(/\n1 not as recorded\n$/)
    const { code, stdout } = await command([...DAY, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      found: 1,
      findings: [{ kind: 'altered', table: 'fixes', batch: { chain: 'test', kind: 'fixes', position: 2 } }],
    })
    expect((await command(['--from', '2026-11-23', '--to', '2026-11-24'])).code).toBe(0)
  }, 120_000)

  it('ends with 1 when a fix was taken away, and when an anchor is not on its chain', async () => {
    await database.store.execute('delete from fixes where activation_id = 1 and seq = 2')
    const missing = await command(DAY)
    expect(missing.code).toBe(1)
    expect(missing.stdout).toMatch(/^MISSING fixes activation 1, measured .*: was recorded and is not there/m)
    expect(missing.stdout).toContain('batch 3 of the chain of fixes of test')
    const other = join(folder, 'other.jsonl')
    await writeFile(other, JSON.stringify({ chain: 'test', kind: 'fixes', position: 3, hash: '00' }))
    const off = await command([...DAY, '--anchors', other])
    expect(off.code).toBe(1)
    expect(off.stdout).toMatch(/^OFF-CHAIN chain_links: the anchored link 3 is another one/m)
  }, 120_000)

  it('ends with 1 and says which secret was altered, and of how many fixes nothing can be said', async () => {
    await database.store.execute('update activation_secrets set secret = sha256(secret) where activation_id = 2')
    const { code, stdout } = await command(everything)
    await database.store.execute('delete from activation_secrets')
    await database.store.execute('insert into activation_secrets overriding system value table kept.activation_secrets')
    expect(code).toBe(1)
    expect(stdout).toContain('3 fixes cannot be held against their marks: see what is said of activation_secrets\n')
    expect(stdout).toContain(
      'ALTERED activation_secrets 2/2: is not what was recorded\n    batch 1 of the chain of records of test\n',
    )
    expect(stdout).toMatch(/\n1 not as recorded\n$/)
  }, 120_000)

  it('ends with 2, says why and looks at nothing when it is used wrongly', async () => {
    const unknown = await command([...DAY, '--quick'])
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toMatch(/^Unknown option '--quick'.*: npm run verify-chain -- --from .*\n$/)
    const noFile = await command([...DAY, '--anchors', join(folder, 'nowhere.jsonl')])
    expect(noFile).toMatchObject({ code: 2, stdout: '' })
    expect(noFile.stderr).toMatch(/^ENOENT.*nowhere\.jsonl.*\n$/)
  }, 120_000)

  it('ends with 2 and says why when there is no database, or it was not said which', async () => {
    const away = await command(DAY, `postgres://postgres:kumquat-81245@127.0.0.1:${await freePort()}/cordon`)
    expect(away).toMatchObject({ code: 2, stdout: '' })
    expect(away.stderr).toMatch(/ECONNREFUSED/)
    expect(away.stderr).not.toContain('kumquat-81245')
    const unsaid = await command(DAY, '')
    expect(unsaid).toMatchObject({ code: 2, stdout: '' })
    expect(unsaid.stderr).toContain('CORDON_DATABASE_URL')
  }, 120_000)
})
