import {
  type Clock,
  createLogger,
  createRegistry,
  type Logger,
  noTracer,
  type Registry,
  sleep,
  type Tracer,
} from '@cordon/runtime'
import type { Store } from '@cordon/store'
import { createAllowance } from '../allowance.ts'
import { createMeter, type Meter } from '../meter.ts'
import { createPipeline } from '../pipeline.ts'
import { recoverStates } from '../recover.ts'
import type { RunningRegister } from '../register/start-register.ts'
import { createRewinder, type Rewinder } from '../rewind.ts'
import type { ReceivedMessage } from '../subscribe/create-subscriber.ts'
import type { WatchStates } from '../watch-states.ts'

export interface LineOptions {
  readonly store: Store
  readonly register: RunningRegister
  readonly clock: Clock
  readonly logger?: Logger
  readonly tracer?: Tracer
}

/** What a process of ingest does between the brokers, without the process. */
export interface Line {
  /** One batch through the pipeline, and empty ones until nothing that is late waits any longer. */
  readonly run: (messages: readonly ReceivedMessage[]) => Promise<void>
  /** One batch and no more. */
  readonly runOnce: (messages: readonly ReceivedMessage[]) => Promise<void>
  readonly states: WatchStates
  readonly rewinder: Rewinder
  readonly meter: Meter
  readonly registry: Registry
  readonly published: { readonly fixes: number; readonly cursor: string | null }[]
  /** Whether reports could come. */
  listening: boolean
}

const silent = createLogger({ name: 'test', level: 'silent' })

/** A line that begins as a process does: with what the database says. */
export async function aLine({
  store,
  register,
  clock,
  logger = silent,
  tracer = noTracer,
}: LineOptions): Promise<Line> {
  const published: { fixes: number; cursor: string | null }[] = []
  const publisher = {
    publish: ({ fixes, cursor }: { readonly fixes: readonly unknown[]; readonly cursor: string | null }) =>
      void published.push({ fixes: fixes.length, cursor }),
    stop: () => undefined,
  }
  const registry = createRegistry('test')
  const meter = createMeter(registry, clock.now())
  const states = await recoverStates({ store, register, clock, logger })
  let isWoken = false
  let wake: () => void = () => undefined
  const again = () => {
    isWoken = true
    wake()
  }
  // its rests are a hundredth as long
  const elapsed = () => performance.now() * 100
  const rewinder = createRewinder({ store, register, states, clock, logger, again, elapsed })
  const line = { states, rewinder, meter, registry, published, listening: true }
  const runOnce = createPipeline({
    ...{ register, states, allowance: createAllowance(50), store, rewinder, publisher, meter, tracer, clock },
    listening: () => line.listening,
  })
  const run = async (messages: readonly ReceivedMessage[]) => {
    await runOnce(messages)
    while (rewinder.waiting() > 0) {
      const woken = new Promise<void>(resolve => {
        wake = resolve
      })
      if (!isWoken) await Promise.race([woken, sleep(20)])
      isWoken = false
      await runOnce([])
    }
  }
  return Object.assign(line, { run, runOnce })
}
