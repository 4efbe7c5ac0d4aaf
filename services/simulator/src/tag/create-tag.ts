import { TOPICS } from '@cordon/contract'
import type { Clock } from '@cordon/runtime'
import { createFaults, type Outgoing, type TrueFix } from '../faults/create-faults.ts'
import type { FaultRates } from '../faults/fault-rates.ts'
import { createLife, type LifeOptions } from '../life/create-life.ts'
import type { TruthFile } from '../truth/create-truth-file.ts'
import type { Connection } from './create-connection.ts'
import { createSensor } from './create-sensor.ts'
import type { LifeClock } from './life-clock.ts'
import { createVisitLog } from './visit-log.ts'

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
}

/** A process that slept longer than so many fixes does not make up for them: its tags were silent. */
const CATCH_UP = 20

/** Fixes are stamped with the times they were due, so that a busy machine changes no fix. */
export function startTag(options: TagOptions): Tag {
  const { clock, intervalMs, startedAt, wearer, seed, lifeClock, truth, connection } = options
  const { tagId } = wearer
  const life = createLife(options)
  // Of one second on earlier than any interval: they go on growing over a restart.
  const lastSeq = Math.floor(startedAt / 1_000)
  const sensor = createSensor({ seed, tagId, life, clock: lifeClock, lastSeq })
  const faults = createFaults({ seed, tagId, rates: options.rates })
  const sender = createSender({ tagId, connection, truth })
  const visits = createVisitLog({
    ...{ tagId, place: wearer.avoid.name, startedAt },
    stamp: at => lifeClock.stamp(at),
    add: visit => truth.add(visit),
  })
  let dueAt = options.firstAt
  let timer: NodeJS.Timeout

  const tick = () => {
    const now = clock.now()
    if (now - dueAt > CATCH_UP * intervalMs) dueAt += Math.floor((now - dueAt) / intervalMs) * intervalMs
    for (; dueAt <= now; dueAt += intervalMs) {
      const { fix, events } = sensor.sense(dueAt)
      const at = lifeClock.lifeTime(dueAt)
      visits.pass(life.errandAt(at), at)
      if (events.length > 0) connection.send(TOPICS.tagEvents(tagId), JSON.stringify(events))
      for (const message of faults.pass(fix)) sender.send(message, now)
    }
    timer = setTimeout(tick, dueAt - now)
  }
  timer = setTimeout(tick, dueAt - clock.now())
  return {
    acknowledged: sender.acknowledged,
    stop: () => {
      clearTimeout(timer)
      visits.stop()
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
    const time = typeof message.time === 'number' ? message.time : Date.parse(message.time)
    truth.add({ type: 'fix', tagId, time, seq: message.seq ?? 0, trueLon, trueLat, ...(isJump ? { jump: true } : {}) })
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
  return { send, acknowledged: () => fixes }
}
