import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { endUnseenFaults } from './end-unseen-faults.ts'
import { listIncidents } from './list-incidents.ts'
import { readFaultsSeen } from './read-faults-seen.ts'
import { readIncidentChanges } from './read-incident-changes.ts'
import { readOpenIncidents } from './read-open-incidents.ts'
import { recordFault, type SeenFault } from './record-fault.ts'
import { updateIncident } from './update-incident.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
afterEach(() => database.store.query('truncate incidents, incident_actions, incident_changes, system_faults'))

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 22, 6)
const at = (minutes: number) => START + minutes * MINUTE

const record = (over: Partial<SeenFault> = {}) =>
  database.store.transaction(inside =>
    recordFault(inside, {
      ...{ part: 'ingest-1', seenBy: 'gateway-1', severity: 'serious', since: START, until: null },
      text: 'ingest-1 is behind',
      ...over,
    }),
  )
const all = async () =>
  (await listIncidents(database.store, { state: 'all', caseload: undefined }, { limit: 50 })).items
const iso = (minutes: number) => new Date(at(minutes)).toISOString()

describe('an incident of the system', () => {
  it('is one for a part, however many gateways see it, and has the earliest beginning', async () => {
    await Promise.all([record(), record({ seenBy: 'gateway-2', since: at(-1) }), record({ seenBy: 'gateway-3' })])
    const [incident, ...others] = await all()
    expect(others).toEqual([])
    expect(incident).toMatchObject({
      ...{ kind: 'system-fault', part: 'ingest-1', severity: 'serious', state: 'open', happenedAt: iso(-1) },
      reason: { text: 'ingest-1 is behind', beganAt: at(-1) },
    })
    for (const field of ['wearerId', 'wearerName', 'activationId', 'tagId', 'endedAt']) {
      expect(incident).not.toHaveProperty(field)
    }
  })

  it('ends when nobody sees it any more, and the next one is another', async () => {
    await record()
    await record({ seenBy: 'gateway-2' })
    await record({ until: at(5) })
    expect((await all())[0]).not.toHaveProperty('endedAt')
    await record({ seenBy: 'gateway-2', until: at(6) })
    expect((await all())[0]).toMatchObject({ endedAt: iso(6), conclusion: 'restored', state: 'open' })
    await record({ since: at(10) })
    expect(await all()).toHaveLength(2)
  })

  it('that was over before it could be recorded has its true beginning and end, once for all who saw it', async () => {
    await record({ part: 'database', since: at(0), until: at(7) })
    await record({ part: 'database', seenBy: 'gateway-2', since: at(1), until: at(8) })
    expect(await all()).toMatchObject([{ happenedAt: iso(0), endedAt: iso(8), late: true }])
  })

  it('becomes worse, never better, and says nothing that is not new', async () => {
    await record()
    await record({ severity: 'critical', text: 'ingest-1 is silent' })
    const { length } = await readIncidentChanges(database.store, '0' as never, 50)
    for (let times = 0; times < 3; times++) await record()
    expect(await readIncidentChanges(database.store, '0' as never, 50)).toHaveLength(length)
    expect(await all()).toMatchObject([{ severity: 'critical', reason: { text: 'ingest-1 is silent' } }])
  })

  it('stays as people have set it, and is seen by everybody but officers', async () => {
    await record()
    const [incident] = await all()
    await updateIncident(database.store, incident?.id ?? '', { from: ['open'], state: 'closed', closed: true })
    await record({ until: at(9) })
    expect(await all()).toMatchObject([{ state: 'closed', endedAt: iso(9) }])
    await record({ part: 'broker' })
    expect((await readOpenIncidents(database.store, undefined)).incidents).toMatchObject([{ part: 'broker' }])
    expect((await readOpenIncidents(database.store, 'j.okafor')).incidents).toEqual([])
    expect((await listIncidents(database.store, { state: 'all', caseload: 'j.okafor' }, { limit: 9 })).items).toEqual(
      [],
    )
    const changes = await readIncidentChanges(database.store, '0' as never, 50)
    expect(changes.every(({ officers }) => officers.length === 0)).toBe(true)
  })

  it('that only a gateway saw which is gone ends when it was last seen', async () => {
    await record()
    expect(await readFaultsSeen(database.store, 'gateway-1')).toEqual([{ part: 'ingest-1', since: START }])
    await endUnseenFaults(database.store)
    expect((await all())[0]).not.toHaveProperty('endedAt')
    await database.store.query(`update system_faults set seen_at = seen_at - interval '11 minutes'`)
    await endUnseenFaults(database.store)
    expect((await all())[0]).toMatchObject({ conclusion: 'restored' })
    expect(await readFaultsSeen(database.store, 'gateway-1')).toEqual([])
  })

  it('is the only kind that may lack a wearer, and has none', async () => {
    const insert = (kind: string, part: string | null) =>
      database.store.query(
        `insert into incidents (episode_id, part, kind, severity, severity_rank, certainty, happened_at, received_at, reason)
         values ('x', $2, $1, 'critical', 0, 'confirmed', now(), now(), '{}')`,
        [kind, part],
      )
    await expect(insert('silence', null)).rejects.toMatchObject({ code: '23514' })
    await expect(insert('silence', 'ingest-1')).rejects.toMatchObject({ code: '23514' })
    await expect(insert('system-fault', null)).rejects.toMatchObject({ code: '23514' })
  })
})
