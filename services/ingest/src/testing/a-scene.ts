import type { DeviceEventType } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import {
  aMonitoredWearer,
  createFakeClock,
  createTestDatabase,
  type FakeClock,
  type MonitoredWearer,
  type ZoneOverrides,
} from '@cordon/testkit'
import { type RunningRegister, startRegister } from '../register/start-register.ts'
import type { ReceivedMessage } from '../subscribe/create-subscriber.ts'
import { aLine, type Line } from './a-line.ts'
import { aLive } from './a-live.ts'

/** A Monday, 10:00 in London. Scenes speak of minutes after it. */
const START = Date.UTC(2026, 4, 4, 9)
export const MINUTE = 60_000
export const minutes = (at: number): number => START + at * MINUTE

/** Scenes speak of metres east of here, which is the middle of the zone of 200 m that a person has unless told otherwise. */
const MIDDLE = { lon: -0.9027, lat: 52.2405 }
const METRES_PER_DEGREE = 111_195 * Math.cos((MIDDLE.lat * Math.PI) / 180)
export const placeAt = (eastM: number): readonly [number, number] => [
  MIDDLE.lon + eastM / METRES_PER_DEGREE,
  MIDDLE.lat,
]

/** What a tag sends of one minute, so many metres east of the middle. */
export const fixAt = (at: number, eastM: number, more: object = {}) => {
  const [lon, lat] = placeAt(eastM)
  return { time: minutes(at), seq: Math.round(at * 60), lon, lat, accuracy: 10, source: 'gnss', ...more }
}
/** One fix a minute. */
export const walk = (at: number, easts: readonly number[], more: object = {}) =>
  easts.map((east, index) => fixAt(at + index, east, more))

export type SentFix = ReturnType<typeof fixAt>
type Tagged = Pick<MonitoredWearer, 'tagId'>

/** A message as it is received at that time. */
export const messageOf = ({ tagId }: Tagged, said: unknown, receivedAt: number, kind = 'fixes'): ReceivedMessage => ({
  topic: `cordon/v1/tags/${tagId}/${kind}`,
  payload: Buffer.from(JSON.stringify(said)),
  ...{ receivedAt, connection: 1, messageId: 1 },
})

export interface IncidentRow {
  readonly id: string
  readonly episode_id: string
  readonly kind: string
  readonly certainty: string
  readonly conclusion: string | null
  readonly state: string
  readonly outcome: string | null
  readonly late: boolean
  readonly happened_at: number
  readonly received_at: number
  readonly ended_at: number | null
  readonly zone_version: number | null
  readonly reason: { readonly text: string; readonly entries: number; readonly policyVersion: number }
}

/** What scenes are judged by, so that another operating point of the software's own policy does not change their stories. */
const POLICY = {
  ...{ accuracyFactor: 1, stillCorrelationMs: 180_000, movingCorrelationMs: 20_000, confirmedProbability: 0.95 },
  ...{ looksToConfirm: 1.5, possibleProbability: 0.7, nearMissProbability: 0.05, absenceGraceMs: 300_000 },
  ...{ exitFixes: 2, exitMs: 30_000, rejoinMs: 600_000, unconfirmedMs: 900_000, lateMs: 300_000 },
}

/** In force from that time on. */
export const putPolicy = (store: Store, from: number, settings: object) =>
  store.query(
    `insert into policies (version, valid_from, body, note, created_by)
     select coalesce(max(version), 1) + 1, $1, $2, 'of the test', 'test' from policies`,
    [new Date(from), JSON.stringify({ defaults: settings })],
  )

/** A database of its own, one monitored person, and the line of judging, by a clock that stands still until it is told. */
export async function aScene({ zone }: { readonly zone?: ZoneOverrides } = {}) {
  const logger = createLogger({ name: 'test', level: 'silent' })
  const clock = createFakeClock(START)
  const database = await createTestDatabase()
  const { store } = database
  const person = await aMonitoredWearer(store, { zone: zone ?? {} })
  await putPolicy(store, Date.UTC(2020, 0, 1), POLICY)
  const register = await startRegister({ store, live: aLive(), clock, logger })
  const line = await aLine({ store, register, clock })
  const scene = { store, clock, register, person, line, url: database.url }
  const end = async () => {
    await scene.line.rewinder.stop()
    await register.stop()
    await database.drop()
  }
  return Object.assign(scene, {
    ...actionsOf(scene),
    ...recordOf(scene),
    end,
    /** kill -9: nothing is left of the process but the database. */
    restart: async () => {
      await scene.line.rewinder.stop()
      scene.line = await aLine({ store, register, clock })
    },
  })
}

export type Scene = Awaited<ReturnType<typeof aScene>>

interface Parts {
  readonly store: Store
  readonly clock: FakeClock
  readonly register: RunningRegister
  readonly person: MonitoredWearer
  line: Line
}

function actionsOf(scene: Parts) {
  const { clock, person } = scene
  /** One message with all of them, received at that minute. */
  const send = (at: number, said: readonly SentFix[], to: Tagged = person) => {
    clock.set(minutes(at))
    return scene.line.run([messageOf(to, said, clock.now())])
  }
  return {
    send,
    /** Each fix is received one second after it was measured. */
    live: async (said: readonly SentFix[], to: Tagged = person) => {
      for (const fix of said) await send((fix.time - START) / MINUTE + 1 / 60, [fix], to)
    },
    event: (at: number, type: DeviceEventType, more: object = {}) => {
      clock.set(minutes(at) + 1_000)
      const event = { time: minutes(at), seq: Math.round(at * 60), type, ...more }
      return scene.line.run([messageOf(person, event, clock.now(), 'events')])
    },
    /** Time alone, so that everybody has a turn: some ten seconds from that minute on. */
    tick: async (at: number) => {
      for (let second = 0; second < 10; second++) {
        clock.set(minutes(at) + second * 1_000)
        await scene.line.run([])
      }
    },
  }
}

function recordOf({ store, person }: Parts) {
  const { activationId } = person
  return {
    incidents: (of: Pick<MonitoredWearer, 'activationId'> = person) =>
      store.query<IncidentRow>('select * from incidents where activation_id = $1 order by happened_at, id', [
        of.activationId,
      ]),
    count: async (table: string, where = 'true') => {
      const sql = `select count(*)::int as n from ${table} where activation_id = $1 and ${where}`
      const [row] = await store.query<{ n: number }>(sql, [activationId])
      return row?.n
    },
    changes: async () => (await store.query('select 1 from incident_changes')).length,
  }
}
