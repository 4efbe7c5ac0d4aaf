import {
  aFix,
  aMonitoredWearer,
  createTestDatabase,
  fillEverything,
  findText,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChainedRelation, digestOf } from '../chain/chained-relations.ts'
import { markFixes } from '../chain/mark-fixes.ts'
import { sealAppended } from '../chain/seal-appended.ts'
import { CHAINED_RELATIONS } from '../chain/verify/verify-records.ts'
import { verifyNow } from '../testing/verify-now.ts'
import { insertErasure } from './insert-erasure.ts'
import { listErasures } from './list-erasures.ts'
import { runErasures } from './run-erasures.ts'

const from = Date.UTC(2025, 2, 3)
const to = from + 30 * 86_400_000
const person = { name: 'Quentin Unmistakable', reference: 'ZZ-REF-987', lon: -0.98765431, lat: 52.12345671 }
const other = { name: 'Barbara Bystander', reference: 'YY-REF-123', lon: -0.11223344, lat: 51.99887766 }

let database: TestDatabase
let gone: MonitoredWearer
beforeEach(async () => {
  database = await createTestDatabase()
  const { zoneId: sharedZone } = await aMonitoredWearer(database.store)
  gone = await fillEverything(database.store, person, { from, to, sharedZone })
  await fillEverything(database.store, other, { from, to, sharedZone })
  await seal()
})
afterEach(() => database.drop())

const seal = () => sealAppended(database.store, new Map(), Date.now())
async function erase(): Promise<string> {
  const { wearerId } = gone
  const asked = { wearerId, reason: 'conviction quashed', reference: 'DP-1' }
  const { id } = await insertErasure(database.store, asked, { why: 'erasure', byWhom: 'dpo' })
  await step()
  return id
}
const step = () =>
  runErasures({
    ...{ store: database.store, now: Date.now() + 1_000, settleMs: 0, rowsAtOnce: 50 },
    rest: () => Promise.resolve(),
    onStopped: (_id, reason) => expect.unreachable(reason),
  })

/** The fixes of the wearer as somebody would guess them who knows everything: the marks they would have. */
const guess = (secret: string) =>
  markFixes(
    Array.from({ length: 100 }, (_, index) => ({
      activationId: gone.activationId,
      fix: aFix({ measuredAt: from + index * 60_000, seq: index, lon: person.lon, lat: person.lat }),
    })),
    () => secret,
  )?.entries.map(({ mark }) => Buffer.from(mark, 'latin1').toString('hex')) ?? []

/** How many of these hashes stand somewhere in the chains. */
async function standing(hashes: readonly string[]): Promise<number> {
  const rows = await database.store.query<{ bytes: string }>(
    `select encode(content, 'hex') as bytes from chain_links union all select encode(digest, 'hex') from chain_entries`,
  )
  const all = rows.map(({ bytes }) => bytes).join(' ')
  return hashes.filter(hash => all.includes(hash)).length
}

async function digestsOf(relation: ChainedRelation, hasSalt: boolean): Promise<readonly string[]> {
  const rows = await database.store.query<{ digest: string }>(
    `select encode(${digestOf({ ...relation, hasSalt })}, 'hex') as digest from ${relation.name} r`,
  )
  return rows.map(({ digest }) => digest)
}

describe('after an erasure', () => {
  it('nobody who guesses a fix right, whole, can tell it from what stands in the chain, for the secret is gone', async () => {
    const [made] = await database.store.query<{ secret: Buffer }>(
      'select secret from activation_secrets where activation_id = $1',
      [gone.activationId],
    )
    const secret = made?.secret.toString('latin1') ?? ''
    expect([await standing(guess('')), await standing(guess(secret))]).toEqual([0, 100])
    const escaped = await database.store.query<{ text: string }>(`select encode($1::bytea, 'escape') as text`, [
      made?.secret,
    ])
    const whereIs = () => findText(database.store, escaped[0]?.text ?? '')
    expect(await whereIs()).toEqual(['activation_secrets.secret'])
    await erase()
    await step()
    expect(await whereIs()).toEqual([])
    expect(await standing(guess(secret))).toBe(100) // what stays could be tried, but for the secret
  })

  it('nor any other row of the wearer, for its salt is gone', async () => {
    const salted = CHAINED_RELATIONS.filter(({ hasSalt }) => hasSalt)
    expect(salted).toHaveLength(8)
    for (const relation of salted) {
      expect([relation.name, await standing(await digestsOf(relation, false))]).toEqual([relation.name, 0])
      expect([relation.name, await standing(await digestsOf(relation, true))]).not.toEqual([relation.name, 0])
    }
    const salts = await database.store.query<{ salt: string; name: string }>(
      salted
        .filter(({ name }) => name !== 'incident_actions' && name !== 'audit_entries' && name !== 'incident_changes')
        .map(
          ({ name }) => `select salt::text, '${name}' as name from ${name} where activation_id = ${gone.activationId}`,
        )
        .concat(
          `select salt::text, 'audit_entries' from audit_entries where what = 'share' and wearer_id = ${gone.wearerId}`,
          ...['incident_actions', 'incident_changes'].map(
            name =>
              `select salt::text, '${name}' from ${name} join incidents i on i.id = incident_id where i.wearer_id = ${gone.wearerId}`,
          ),
        )
        .join(' union all '),
    )
    expect(new Set(salts.map(({ name }) => name)).size).toBe(8)
    await erase()
    for (const { salt, name } of salts) expect([name, await findText(database.store, salt)]).toEqual([name, []])
  })

  it('the certificate and the removals say that the secret was destroyed, and what is left of everybody is proven', async () => {
    const id = await erase()
    await seal()
    const uncertified = await verifyNow(database)
    expect(uncertified).toMatchObject({ findings: [], fixes: { rows: 100, unproven: 0 } })
    await step()
    await seal()
    const { items } = await listErasures(database.store, { id }, { limit: 1 })
    expect(items[0]).toMatchObject({
      state: 'certified',
      removed: { activation_secrets: 1 },
      left: { activation_secrets: 0 },
    })
    expect(
      await database.store.query(
        `select why, by_whom as "byWhom", rows from removals where relation = 'activation_secrets' and activation_id = $1`,
        [gone.activationId],
      ),
    ).toEqual([{ why: 'erasure', byWhom: 'dpo', rows: '1' }])
    const { findings, fixes, removals } = await verifyNow(database)
    expect(findings).toEqual([])
    expect(fixes).toMatchObject({ rows: 100, unproven: 0 })
    expect(removals).toContainEqual(expect.objectContaining({ relation: 'activation_secrets', used: 1 }))
  })
})
