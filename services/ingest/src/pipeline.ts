import type { Clock, Tracer } from '@cordon/runtime'
import type { Store, Written } from '@cordon/store'
import type { Allowance } from './allowance.ts'
import type { ActivationFix } from './decode.ts'
import { decodeFresh } from './decode-fresh.ts'
import { type Evaluated, evaluate } from './evaluate.ts'
import type { Meter } from './meter.ts'
import { persist } from './persist.ts'
import type { Publisher } from './publish.ts'
import type { RunningRegister } from './register/start-register.ts'
import type { Rewinder } from './rewind.ts'
import { createStages } from './run-stages.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'
import type { WatchStates } from './watch-states.ts'

export interface PipelineParts {
  readonly register: RunningRegister
  readonly states: WatchStates
  readonly allowance: Allowance
  readonly store: Store
  readonly rewinder: Rewinder
  readonly publisher: Publisher
  readonly meter: Meter
  readonly tracer: Tracer
  readonly clock: Clock
  /** Told of the fixes that were judged and recorded. */
  readonly onJudged?: (fixes: readonly ActivationFix[]) => void
  /** Whether what tags report gets here: their silence counts only then. */
  readonly listening: () => boolean
}

const TICK_MS = 1_000

/** The way of a fix. A stage that throws fails the whole batch: nothing of it has been kept, nothing is acknowledged. */
export function createPipeline(parts: PipelineParts) {
  const { register, states, allowance, store, rewinder, publisher, meter, tracer, clock } = parts
  const publish = (fixes: Evaluated['fixes'], written: Written | null) =>
    publisher.publish({ fixes, cursor: written?.incidentCursor ?? null })
  const runStages = createStages({ tracer, meter })
  let tickedAt = 0
  return (messages: readonly ReceivedMessage[]): Promise<void> =>
    runStages(messages, async stage => {
      const now = clock.now()
      // Also when the clock was set back: time must not stand still until it has caught up.
      const tick = Math.abs(now - tickedAt) >= TICK_MS
      if (tick) tickedAt = now
      const moment = { now, tick, listening: parts.listening() }

      const decoded = await stage('decode', () => decodeFresh(messages, register, allowance))
      const evaluated = await stage('evaluate', () => evaluate(decoded, register, states, moment))
      const written = isEmpty(messages, evaluated)
        ? null
        : await stage('persist', () => persist(store, decoded, evaluated))
      states.commit(evaluated.states, evaluated.statesToWrite, now)
      allowance.commit()
      await stage('publish', () => publish(evaluated.fixes, written))
      parts.onJudged?.(evaluated.fixes)

      meter.batch({ messages, decoded, evaluated, written, startedAt: now, committedAt: clock.now() })
      // What has come late is stored by now: it is judged where it belongs, some of it after each batch.
      const rejudged = await stage('rewind', () => rewinder.run(decoded))
      if (rejudged !== null) publish([], rejudged)
    })
}

/** A tick at which time changed nothing that a person should know needs no transaction. */
const isEmpty = (messages: readonly unknown[], { judgements, statesToWrite }: ReturnType<typeof evaluate>) =>
  messages.length === 0 && judgements.length === 0 && statesToWrite.length === 0
