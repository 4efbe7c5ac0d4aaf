import { type DeviceEventMessage, TOPICS } from '@cordon/contract'
import type { Clock } from '@cordon/runtime'
import { createFaults, type Outgoing, type TrueFix } from '../faults/create-faults.ts'
import type { FaultRates } from '../faults/fault-rates.ts'
import { createLife, type LifeOptions } from '../life/create-life.ts'
import type { TroublePlanner } from '../trouble/trouble.ts'
import type { TruthFile } from '../truth/create-truth-file.ts'
import type { Connection } from './create-connection.ts'
import { createSensor } from './create-sensor.ts'
import { createDiary } from './diary.ts'
import type { LifeClock } from './life-clock.ts'

/** A worn tag: it measures every so often and sends what it measures. */
export interface Tag {
  /** Fixes that the broker has acknowledged. */
  acknowledged(): number
  stop(): void
}

export interface TagOptions extends LifeOptions {
  readonly connection: Connection
  readonly clock: Clock
  readonly lifeClock: LifeClock
  /** When the run started, and when this tag takes its first fix, epoch milliseconds. */
  readonly startedAt: number
  readonly firstAt: number
  readonly intervalMs: number
  readonly rates: FaultRates
  readonly truth: TruthFile
  readonly troubles: TroublePlanner
}

/** A process that slept longer than so many fixes does not make up for them: its tags were silent. */
const CATCH_UP = 20

/** Fixes are stamped with the times they were due, so that a busy machine changes no fix. */
export function startTag(options: TagOptions): Tag {
  const { clock, intervalMs, startedAt, wearer, seed, lifeClock, truth, connection } = options
  const { tagId } = wearer
  const life = createLife(options)
  const troubles = options.troubles.planFor(wearer)
  // Of one second on earlier than any interval: they go on growing over a restart.
  const lastSeq = Math.floor(startedAt / 1_000)
  const sensor = createSensor({ seed, wearer, life, troubles, clock: lifeClock, lastSeq })
  const faults = createFaults({ seed, tagId, rates: options.rates })
  const sender = createSender({ tagId, connection, truth })
  const diary = createDiary({ wearer, life, clock: lifeClock, startedAt, truth })
  let dueAt = options.firstAt
  let timer: NodeJS.Timeout

  const report = (at: number, now: number) => {
    const sensed = sensor.sense(at)
    const messages = sensed.type === 'measured' ? faults.pass(sensed.fix) : []
    if (sensed.events.length > 0) sender.tell(sensed.events)
    for (const message of messages) sender.send(message, now)
    const isSent = messages.length + sensed.events.length > 0
    diary.pass(at, isSent ? 'sent' : sensed.type === 'quiet' ? sensed.why : 'fault')
  }
  const tick = () => {
    const now = clock.now()
    if (now - dueAt > CATCH_UP * intervalMs) dueAt += Math.floor((now - dueAt) / intervalMs) * intervalMs
    for (; dueAt <= now; dueAt += intervalMs) report(dueAt, now)
    timer = setTimeout(tick, dueAt - now)
  }
  timer = setTimeout(tick, dueAt - clock.now())
  return {
    acknowledged: sender.acknowledged,
    stop: () => {
      clearTimeout(timer)
      diary.stop()
    },
  }
}

/** Sends messages, and puts on record what the broker has taken. */
function createSender({ tagId, connection, truth }: Pick<TagOptions, 'connection' | 'truth'> & { tagId: string }) {
  const topic = TOPICS.tagFixes(tagId)
  const recorded = new WeakSet<TrueFix>()
  let fixes = 0
  let malformed = 0

  const record = (fix: TrueFix) => {
    if (recorded.has(fix)) return // the same message sent twice is one fix
    recorded.add(fix)
    fixes++
    const { message, trueLon, trueLat, isJump } = fix
    truth.add({
      type: 'fix',
      tagId,
      time: msOf(message),
      seq: message.seq ?? 0,
      trueLon,
      trueLat,
      ...(isJump ? { jump: true } : {}),
    })
  }
  const tell = (events: readonly DeviceEventMessage[]) => {
    connection.send(TOPICS.tagEvents(tagId), JSON.stringify(events), () => {
      for (const event of events) {
        truth.add({ type: 'event', tagId, event: event.type, time: msOf(event), seq: event.seq ?? 0 })
      }
    })
  }
  const send = (message: Outgoing, now: number) => {
    if (message.kind === 'malformed') {
      connection.send(topic, message.payload, () => truth.add({ type: 'malformed', tagId, n: ++malformed }))
      return
    }
    const sent = message.fixes.map(fix => ({ ...fix.message, sent: now }))
    const payload = JSON.stringify(sent.length === 1 ? sent[0] : sent)
    connection.send(topic, payload, () => message.fixes.forEach(record))
  }
  return { send, tell, acknowledged: () => fixes }
}

const msOf = ({ time }: Pick<DeviceEventMessage, 'time'>) => (typeof time === 'number' ? time : Date.parse(time))
