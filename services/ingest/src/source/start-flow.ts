import { type Allowance, createAllowance } from '../allowance.ts'
import { createBatcher } from '../batch.ts'
import { countFailures } from '../line-metrics.ts'
import type { Meter } from '../meter.ts'
import { createPipeline } from '../pipeline.ts'
import { startProvisional } from '../provisional/start-provisional.ts'
import { createPublisher } from '../publish.ts'
import { createQuarantine } from '../quarantine.ts'
import { recoverStates } from '../recover.ts'
import { createRewinder } from '../rewind.ts'
import { createExpected } from '../sight/count-expected.ts'
import { createSight } from '../sight/create-sight.ts'
import { createFullness } from '../sight/watch-fullness.ts'
import type { Flow, FlowParts, Ground, Subscribe } from './flow.ts'

/** Milliseconds by a clock that nobody can set. */
const elapsed = () => performance.now()

/** While messages lie longer at the broker, a tag of which nothing is heard may have said something. */
const LISTENING_MS = 60_000

export interface FlowSource {
  readonly meter: Meter
  readonly subscribe: Subscribe
}

/** One way of a fix, from its source to the live topics. The engine's states are recovered first: they hold for what this flow alone reads. */
export async function startFlow(
  parts: FlowParts,
  { store, live, register, tracer }: Ground,
  { meter, subscribe }: FlowSource,
): Promise<Flow> {
  const { config, lifecycle, clock, logger } = parts
  const states = await recoverStates({ store, register, clock, logger })
  const publisher = await lifecycle.start('publisher', () => createPublisher(live))
  const again = () => batcher.tick()
  const rewinder = await lifecycle.start('rewinder', () =>
    createRewinder({ store, register, states, clock, logger, again }),
  )
  const allowance = createAllowance(config.tagFixesPerSecond)
  const run = createPipeline({
    ...{ register, states, allowance, store, rewinder, publisher, meter, tracer, clock },
    onJudged: fixes => sight.judged(fixes),
    listening: () =>
      subscriber.connected() && batcher.failing() === null && meter.backlogMs(clock.now()) < LISTENING_MS,
  })
  const batcher = createBatcher({
    ...countFailures({ run, quarantine: createQuarantine(store) }, meter),
    done: messages => subscriber.acknowledge(messages),
    maxMessages: config.batchMessages,
    random: Math.random,
    clock,
    logger,
  })
  const subscriber = subscribe(parts, batcher, () => sight.received())
  // Before anything can arrive.
  const { provisional, sight } = watch(parts, { live, register, states, allowance, batcher, subscriber })
  await lifecycle.start('subscriber', () => subscriber)
  // Stopped before the subscriber, so that the batch under way is still acknowledged.
  await lifecycle.start('batcher', () => batcher)
  await lifecycle.start('provisional alerts', () => provisional)
  return { batcher, subscriber, states, rewinder, sight }
}

type Watched = Pick<Ground, 'live' | 'register'> &
  Pick<Flow, 'batcher' | 'subscriber' | 'states'> & { readonly allowance: Allowance }

/** What is told of the flow itself: the breaches that it cannot record, and how far it sees. */
function watch({ config, name, clock, logger }: FlowParts, flow: Watched) {
  const parts = { ...flow, clock, elapsed, logger }
  const provisional = startProvisional({ ...parts, instance: name })
  const sight = createSight({
    ...{ ...parts, provisional },
    fullSince: createFullness({ ...parts, receiveMaximum: config.receiveMaximum }),
    expected: createExpected(flow.register, flow.states, elapsed),
  })
  return { provisional, sight }
}
