import {
  aMonitoredWearer,
  createTestDatabase,
  fillEverything,
  findText,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfigurationChanges } from '../configuration/read-configuration-changes.ts'
import { readConfigurationCursor } from '../register/read-configuration-cursor.ts'
import { insertErasure } from './insert-erasure.ts'
import { insertLegalHold } from './insert-legal-hold.ts'
import { listErasures } from './list-erasures.ts'
import { runErasures } from './run-erasures.ts'

const DAY = 86_400_000
const from = Date.UTC(2025, 2, 3)
const to = from + 30 * DAY
const person = { name: 'Quentin Unmistakable', reference: 'ZZ-REF-987', lon: -0.98765431, lat: 52.12345671 }
const other = { name: 'Barbara Bystander', reference: 'YY-REF-123', lon: -0.11223344, lat: 51.99887766 }

let database: TestDatabase
let gone: MonitoredWearer
let stays: MonitoredWearer
beforeEach(async () => {
  database = await createTestDatabase()
  const shared = await aMonitoredWearer(database.store)
  gone = await fillEverything(database.store, person, { from, to, sharedZone: shared.zoneId })
  stays = await fillEverything(database.store, other, { from, to, sharedZone: shared.zoneId })
})
afterEach(() => database.drop())

const stopped: string[] = []
const run = (options: { readonly settleMs?: number; readonly rowsAtOnce?: number } = {}) =>
  runErasures({
    store: database.store,
    now: Date.now() + 1_000,
    settleMs: options.settleMs ?? 0,
    rest: () => Promise.resolve(),
    rowsAtOnce: options.rowsAtOnce ?? 7,
    onStopped: (_id, reason) => stopped.push(reason),
  })
const request = (wearerId: string) =>
  insertErasure(
    database.store,
    { wearerId, reason: 'conviction quashed', reference: 'DP-1' },
    { why: 'erasure', byWhom: 'dpo' },
  )
const erasure = async (id: string) => (await listErasures(database.store, { id }, { limit: 1 })).items[0]
const traces = async (of: typeof person): Promise<Record<string, readonly string[]>> =>
  Object.fromEntries(
    await Promise.all(
      [of.name, of.reference, String(of.lon), String(of.lat)].map(
        async text => [text, await findText(database.store, text)] as const,
      ),
    ),
  )

describe('the erasure of a wearer', () => {
  it('leaves no name, no reference and no coordinate in any column of any table, and nobody else’s gone', async () => {
    const before = await traces(person)
    for (const [text, places] of Object.entries(before)) expect([text, places.length > 5]).toEqual([text, true])
    const othersBefore = await traces(other)
    const { id } = await request(gone.wearerId)

    expect(await run()).toEqual({ removed: 1, certified: 0 })
    expect(await run()).toEqual({ removed: 0, certified: 1 })

    const none = Object.fromEntries(Object.keys(before).map(text => [text, []]))
    expect(await traces(person)).toEqual(none)
    expect(await traces(other)).toEqual(othersBefore)
    expect(await database.store.query('select id from zones order by id')).toHaveLength(2)
    expect(await erasure(id)).toMatchObject({ state: 'certified', requestedBy: 'dpo', mentions: [] })
  })

  it('is certified: what was removed from which table, and that a look into each found nothing left', async () => {
    const { id } = await request(gone.wearerId)
    await run()
    await run()
    const certificate = await erasure(id)
    expect(certificate).toMatchObject({
      wearerId: gone.wearerId,
      activationIds: [gone.activationId],
      removed: {
        ...{ fixes: 100, fixes_aside: 1, device_events: 1, set_aside: 1, near_misses: 1, visits: 1, watch_states: 1 },
        ...{ watch_checkpoints: 1, command_acks: 1, tag_statuses: 1, quarantine: 1, roll_call: 1 },
        ...{ incident_changes: 2, incident_actions: 1, incidents: 1, passes: 1, suspensions: 1, audit_entries: 1 },
        ...{ conditions: 2, zone_versions: 1, zones: 1, activations: 1, orders: 1, legal_holds: 1, wearers: 1 },
      },
    })
    const left = certificate?.left ?? {}
    expect(Object.keys(left).length).toBeGreaterThan(20)
    expect(Object.values(left).every(rows => rows === 0)).toBe(true)
  })

  it('puts every removal on record: the rows and the time that they were of', async () => {
    await request(gone.wearerId)
    await run()
    const rows = await database.store.query(
      `select why, by_whom, count(*)::int as slices, sum(rows)::int as rows, min(removed_from) as "from", max(removed_to) as "to"
         from removals where relation = 'fixes' and activation_id = $1 group by why, by_whom`,
      [gone.activationId],
    )
    expect(rows).toEqual([{ why: 'erasure', by_whom: 'dpo', slices: 15, rows: 100, from, to: expect.any(Number) }])
    expect(await database.store.query('select from removals where activation_id = $1', [stays.activationId])).toEqual(
      [],
    )
  })

  it('keeps who looked at whom on record, without what could say who that was', async () => {
    const before = await database.store.query<{ detail: object }>(
      'select who, what, detail from audit_entries where wearer_id = $1 order by id',
      [gone.wearerId],
    )
    await request(gone.wearerId)
    await run()
    const after = await database.store.query<{ detail: { incidentId?: string } }>(
      'select who, what, detail from audit_entries where wearer_id = $1 order by id',
      [gone.wearerId],
    )
    expect(after[0]).toEqual(before[0])
    expect(after[1]).toEqual({ who: 'kim', what: 'share', detail: { incidentId: expect.any(String) } })
  })

  it('is a change of the register: whoever follows it reads the wearer again and finds nobody', async () => {
    const cursor = await readConfigurationCursor(database.store)
    await request(gone.wearerId)
    await run()
    const changes = await readConfigurationChanges(database.store, cursor, 100)
    expect(changes.map(({ entity, entityId }) => [entity, entityId])).toContainEqual(['activations', gone.wearerId])
  })

  it('waits while the wearer is under a legal hold, and goes on where it stopped', async () => {
    const { id } = await request(gone.wearerId)
    const hold = await insertLegalHold(database.store, { wearerId: gone.wearerId, reason: 'appeal' }, 'kim')
    expect(await run()).toEqual({ removed: 0, certified: 0 })
    expect(stopped.at(-1)).toContain('legal hold')
    expect(await database.store.query('select from fixes where activation_id = $1', [gone.activationId])).toHaveLength(
      100,
    )
    await database.store.query('update legal_holds set valid_to = clock_timestamp() where id = $1', [hold.id])
    expect(await run()).toEqual({ removed: 1, certified: 0 })
    expect(await erasure(id)).toMatchObject({ state: 'removed' })
  })

  it('also takes what a batch that was under way brings after the removal, before it is certified', async () => {
    await request(gone.wearerId)
    await run()
    await database.store.query(
      'insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, source) values ($1, $2, 999, $2, $3, $4, 0)',
      [gone.activationId, new Date(from), person.lon, person.lat],
    )
    expect(await run({ settleMs: 3_600_000 })).toEqual({ removed: 0, certified: 0 })
    expect(await run()).toEqual({ removed: 0, certified: 1 })
    expect(await findText(database.store, String(person.lon))).toEqual([])
  })

  it('tells where the record of somebody else speaks of the wearer, and leaves it', async () => {
    await database.store.query('update suspensions set reason = $2 where wearer_id = $1', [
      stays.wearerId,
      'at the house of quentin unmistakable',
    ])
    const { id } = await request(gone.wearerId)
    await run()
    expect((await erasure(id))?.mentions).toEqual([{ relation: 'suspensions', column: 'reason', rows: 1 }])
  })

  it('is asked for once at a time', async () => {
    await request(gone.wearerId)
    await expect(request(gone.wearerId)).rejects.toThrow('erasures_one_at_a_time')
  })
})
