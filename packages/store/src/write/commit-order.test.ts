import { asId, type Cursor } from '@cordon/contract'
import {
  aMonitoredWearer,
  anIncidentJudgement,
  anOrder,
  aWearer,
  createTestDatabase,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfigurationChanges } from '../configuration/read-configuration-changes.ts'
import type { Queryable, Store } from '../connection/store.ts'
import { readIncidentChanges } from '../incidents/read-incident-changes.ts'
import { updateIncident } from '../incidents/update-incident.ts'
import { upsertIncidents } from './upsert-incidents.ts'

let database: TestDatabase
let wearer: MonitoredWearer
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 })
  wearer = await aMonitoredWearer(database.store)
})
afterAll(() => database.drop())

interface Gate {
  readonly opened: Promise<void>
  open(): void
}

function createGate(): Gate {
  let open: () => void = () => undefined
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open: () => open() }
}

type Change = (inside: Queryable, label: string) => Promise<unknown>
type ReadLog = (store: Store, after: Cursor) => Promise<readonly { readonly cursor: Cursor; readonly label: string }[]>

/**
 * Two transactions on two connections. The first takes its number and is kept from committing; the second is let go and gets until
 * the server says that it waits for a lock, or until it has committed. A reader reads in between and again at the end.
 */
async function race(store: Store, change: Change, read: ReadLog): Promise<{ seen: string[]; all: string[] }> {
  const start = (await read(store, asId<Cursor>('0'))).at(-1)?.cursor ?? asId<Cursor>('0')
  const numbered = createGate()
  const mayCommit = createGate()
  const first = store.transaction(async inside => {
    await change(inside, 'first')
    numbered.open()
    await mayCommit.opened
  })
  await numbered.opened
  let committed = false
  const second = store
    .transaction(inside => change(inside, 'second'))
    .then(() => {
      committed = true
    })
  while (!committed && !(await isSomebodyWaiting(store))) await new Promise(resolve => setTimeout(resolve, 5))
  const early = await read(store, start)
  mayCommit.open()
  await Promise.all([first, second])
  const late = await read(store, early.at(-1)?.cursor ?? start)
  const all = await read(store, start)
  return { seen: [...early, ...late].map(({ label }) => label), all: all.map(({ label }) => label) }
}

async function isSomebodyWaiting(store: Store): Promise<boolean> {
  const rows = await store.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`,
  )
  return rows.length > 0
}

const raise: Change = (inside, label) => upsertIncidents(inside, [anIncidentJudgement(wearer, { episodeId: label })])
/** An upsert takes the lock before its trigger does. */
const raiseWithoutLock: Change = (inside, label) => {
  const execute: Queryable['execute'] = async (statement, values) =>
    typeof statement === 'object' && statement.name === 'lock-incident-log' ? 0 : inside.execute(statement, values)
  return raise({ query: (statement, values) => inside.query(statement, values), execute }, label)
}
const readIncidents: ReadLog = async (store, after) =>
  Promise.all(
    (await readIncidentChanges(store, after, 1_000)).map(async ({ cursor, incident }) => {
      const [row] = await store.query<{ label: string }>('select episode_id as label from incidents where id = $1', [
        incident.id,
      ])
      return { cursor, label: row?.label ?? '' }
    }),
  )

const configure: Change = async (inside, label) => anOrder(inside, await aWearer(inside, { name: label }))
const readConfiguration: ReadLog = async (store, after) =>
  Promise.all(
    (await readConfigurationChanges(store, after, 1_000)).map(async ({ cursor, entityId }) => {
      const [row] = await store.query<{ label: string }>('select name as label from wearers where id::text = $1', [
        entityId,
      ])
      return { cursor, label: row?.label ?? '' }
    }),
  )

describe.each([
  ['incidents', { change: raise, changeUnlocked: raiseWithoutLock, read: readIncidents, table: 'incidents' }],
  ['the register', { change: configure, changeUnlocked: configure, read: readConfiguration, table: 'orders' }],
] as const)('a reader of the change log of %s', (_name, { change, changeUnlocked, read, table }) => {
  it('skips nothing when the later of two transactions is ready to commit before the earlier', async () => {
    const { seen, all } = await race(database.store, change, read)
    expect(all).toEqual(['first', 'second'])
    expect(seen).toEqual(['first', 'second'])
  })

  it('would skip the earlier one if numbers were taken without the lock (so the test above can fail)', async () => {
    const unlocked = await createTestDatabase()
    try {
      await unlocked.store.execute(`alter table ${table} disable trigger lock_log`)
      wearer = await aMonitoredWearer(unlocked.store)
      const { seen, all } = await race(unlocked.store, changeUnlocked, read)
      expect(all).toEqual(['first', 'second'])
      expect(seen).toEqual(['second'])
    } finally {
      await unlocked.drop()
      wearer = await aMonitoredWearer(database.store)
    }
  })
})

describe('many writers of incidents at once', () => {
  it('never deadlock, lose nothing, and a reader that follows sees every change once and in order', async () => {
    const { store } = database
    const start = (await readIncidentChanges(store, asId<Cursor>('0'), 1_000)).at(-1)?.cursor ?? asId<Cursor>('0')
    const episodes = Array.from({ length: 8 }, (_, index) => `shared-${index}`)
    const following = createGate()
    let stop = false
    const follower = follow(store, start, () => stop, following)
    await following.opened
    const writers = Array.from({ length: 8 }, (_, writer) => writeRounds(store, writer, episodes))
    const changes = (await Promise.all(writers)).flat()
    stop = true
    const seen = await follower
    expect(seen).toEqual([...changes].sort((a, b) => Number(a) - Number(b)))
    expect(new Set(seen).size).toBe(seen.length)
  })
})

const ROUNDS = 10

/** Engines upsert the same episodes, each in an order of its own; people act on the same incidents meanwhile. No retries here. */
async function writeRounds(store: Store, writer: number, episodes: readonly string[]): Promise<string[]> {
  const cursors: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const turned = episodes.map(
      (_, index) => episodes[(index * (writer % 2 === 0 ? 1 : 7) + writer + round) % episodes.length] ?? '',
    )
    const judgements = turned.map(episodeId =>
      anIncidentJudgement(wearer, { episodeId, endedAt: Date.UTC(2026, 10, 22) + writer * 1_000 + round }),
    )
    const written = await store.transaction(inside => upsertIncidents(inside, judgements))
    cursors.push(...written.map(({ cursor }) => cursor))
    cursors.push(await act(store, written[0]?.incidentId ?? ''))
  }
  return cursors
}

async function act(store: Store, incidentId: string): Promise<string> {
  return store.transaction(async inside => {
    await updateIncident(inside, incidentId, { from: ['open', 'acknowledged'], state: 'acknowledged' })
    const [row] = await inside.query<{ cursor: string }>('select max(cursor) as cursor from incident_changes')
    return row?.cursor ?? ''
  })
}

async function follow(store: Store, start: Cursor, isOver: () => boolean, ready: Gate): Promise<string[]> {
  const seen: string[] = []
  for (let after = start; ; ) {
    const over = isOver() // asked before reading: what is committed by then is read
    const changes = await readIncidentChanges(store, after, 50)
    ready.open()
    seen.push(...changes.map(({ cursor }) => cursor))
    after = changes.at(-1)?.cursor ?? after
    if (over && changes.length === 0) return seen
  }
}
