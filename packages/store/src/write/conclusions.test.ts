import type { Incident, IncidentJudgement } from '@cordon/contract'
import {
  aBatch,
  aMonitoredWearer,
  anIncidentJudgement,
  createTestDatabase,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertAction } from '../incidents/insert-action.ts'
import { listActions } from '../incidents/list-actions.ts'
import { listIncidents } from '../incidents/list-incidents.ts'
import { updateIncident } from '../incidents/update-incident.ts'
import { writeBatch } from './write-batch.ts'

let database: TestDatabase
let wearer: MonitoredWearer
const at = Date.UTC(2026, 10, 22, 6)

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  wearer = await aMonitoredWearer(database.store)
})
afterAll(() => database.drop())

const PAGE = { limit: 10 }
const said = (overrides: Partial<IncidentJudgement> = {}) =>
  anIncidentJudgement(wearer, { certainty: 'possible', ...overrides })
const reasonWith = (text: string) => ({ ...said().reason, text })
const unconfirmed = () =>
  said({
    change: 'ended',
    conclusion: 'unconfirmed',
    endedAt: at + 600_000,
    reason: reasonWith('never more than possible'),
  })
const goesOn = () => said({ change: 'changed', reason: reasonWith('it goes on') })

async function tell(...judgements: readonly IncidentJudgement[]) {
  return writeBatch(database.store, aBatch({ judgements }))
}
async function incident(): Promise<Incident> {
  const search = { wearerId: wearer.wearerId, state: 'all', caseload: undefined } as const
  const [only] = (await listIncidents(database.store, search, PAGE)).items
  if (only === undefined) throw new Error('no incident')
  return only
}
async function actions() {
  const { items } = await listActions(database.store, (await incident()).id, PAGE)
  return items.map(({ type, by, text, outcome }) => [type, by, text, outcome])
}
const CLOSED = ['close', 'cordon', 'never more than possible', 'unconfirmed']
const REOPENED = ['reopen', 'cordon', 'it goes on', undefined]

describe('an incident that was never confirmed', () => {
  it('closes itself with its reason, is said again without a change, and opens again when it goes on', async () => {
    await tell(said())
    expect((await tell(unconfirmed())).incidents).toMatchObject([{ change: 'changed' }])
    expect(await incident()).toMatchObject({ state: 'closed', outcome: 'unconfirmed', conclusion: 'unconfirmed' })
    expect((await incident()).closedAt).toBeDefined()
    expect((await tell(unconfirmed())).incidents).toEqual([])
    expect(await actions()).toEqual([CLOSED])
    await tell(goesOn())
    const open = await incident()
    expect(open).toMatchObject({ state: 'open' })
    expect([open.outcome, open.closedAt, open.endedAt, open.conclusion]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    await tell(unconfirmed())
    expect(await actions()).toEqual([CLOSED, REOPENED, CLOSED])
  })

  it('is closed from the start when nothing else was ever told of it', async () => {
    expect((await tell(said(), unconfirmed())).incidents).toMatchObject([{ change: 'raised' }])
    expect(await incident()).toMatchObject({ state: 'closed', outcome: 'unconfirmed' })
    expect(await actions()).toEqual([CLOSED])
    await tell(goesOn(), unconfirmed())
    expect(await actions()).toEqual([CLOSED])
  })

  it('opens again when it was more after all and is over, but not for being disproved or part of another', async () => {
    await tell(unconfirmed())
    for (const conclusion of ['disproved', 'joined'] as const) {
      await tell(said({ change: 'disproved', conclusion, endedAt: at }))
      expect(await incident()).toMatchObject({ state: 'closed', outcome: 'unconfirmed', conclusion })
    }
    await tell(said({ change: 'ended', certainty: 'confirmed', conclusion: 'left', endedAt: at + 900_000 }))
    expect(await incident()).toMatchObject({ state: 'open', certainty: 'confirmed', conclusion: 'left' })
  })

  it('stays as it is once somebody has acted on it', async () => {
    await tell(said())
    await insertAction(database.store, (await incident()).id, { type: 'note', text: 'seen' }, 'kim')
    await tell(unconfirmed())
    expect(await incident()).toMatchObject({ state: 'open', conclusion: 'unconfirmed' })
    expect(await actions()).toEqual([['note', 'kim', 'seen', undefined]])
  })

  it('stays open while somebody has it, and closed where a person closed it', async () => {
    await tell(said())
    const { id } = await incident()
    await updateIncident(database.store, id, { from: ['open'], owner: 'kim' })
    await tell(unconfirmed())
    expect(await incident()).toMatchObject({ state: 'open', owner: 'kim' })
    await updateIncident(database.store, id, { from: ['open'], state: 'closed', closed: true, outcome: 'unconfirmed' })
    await insertAction(database.store, id, { type: 'close', text: 'nothing', outcome: 'unconfirmed' }, 'kim')
    await tell(goesOn())
    expect(await incident()).toMatchObject({ state: 'closed', outcome: 'unconfirmed' })
    expect((await incident()).conclusion).toBeUndefined()
  })

  it('sees what a person did while it waited for its turn', async () => {
    await tell(said())
    const { id } = await incident()
    const { store } = database
    let telling: Promise<unknown> = Promise.resolve()
    await store.transaction(async inside => {
      await updateIncident(inside, id, { from: ['open'] })
      telling = tell(unconfirmed())
      await untilSomebodyWaits()
      await insertAction(inside, id, { type: 'note', text: 'mine' }, 'kim')
    })
    await telling
    expect(await incident()).toMatchObject({ state: 'open', conclusion: 'unconfirmed' })
  })
})

async function untilSomebodyWaits(): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`
  while ((await database.store.query(waiting)).length === 0) await new Promise(resolve => setTimeout(resolve, 5))
}

describe('an incident that is disproved', () => {
  it('stays as open as it was and says why', async () => {
    await tell(said({ certainty: 'confirmed' }))
    await tell(
      said({ change: 'disproved', conclusion: 'disproved', endedAt: at + 1, reason: reasonWith('it was a jump') }),
    )
    expect(await incident()).toMatchObject({
      state: 'open',
      conclusion: 'disproved',
      reason: { text: 'it was a jump' },
      endedAt: new Date(at + 1).toISOString(),
    })
    expect(await actions()).toEqual([])
    const found = await listIncidents(
      database.store,
      { conclusion: 'disproved', wearerId: wearer.wearerId, caseload: undefined },
      PAGE,
    )
    expect(found.items).toHaveLength(1)
  })

  it('may be about the device: without a condition and a zone', async () => {
    await tell(
      said({
        kind: 'strap-tamper',
        conditionId: null,
        zoneId: null,
        zoneVersion: null,
        reason: { text: 'cut', fixes: [], policyVersion: 1, beganAt: at, entries: 1 },
      }),
    )
    const { conditionId, zoneId, zoneName, ...rest } = await incident()
    expect([conditionId, zoneId, zoneName]).toEqual([undefined, undefined, undefined])
    expect(rest).toMatchObject({ kind: 'strap-tamper', state: 'open' })
  })
})
