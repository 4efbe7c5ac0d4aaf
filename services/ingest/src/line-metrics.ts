import { type Clock, type Registry, registerGauges, registerQueues } from '@cordon/runtime'
import { registerPoolMetrics, type Store } from '@cordon/store'
import type { Batcher, BatcherOptions } from './batch.ts'
import type { Meter } from './meter.ts'
import type { RunningRegister } from './register/start-register.ts'
import type { Rewinder } from './rewind.ts'
import type { Sight } from './sight/create-sight.ts'
import { sightMetrics } from './sight/sight-metrics.ts'
import type { Subscriber } from './subscribe/create-subscriber.ts'
import { MAX_HELD_BYTES } from './subscribe/hold.ts'

export interface MeteredLine {
  readonly subscriber: Pick<Subscriber, 'held' | 'heldBytes' | 'awaySince'>
  readonly batcher: Pick<Batcher, 'waiting' | 'failing'>
  readonly rewinder: Pick<Rewinder, 'waiting' | 'failing'>
  readonly register: Pick<RunningRegister, 'unwatched' | 'activations'>
  readonly store: Pick<Store, 'pool'>
  readonly sight: Pick<Sight, 'now'>
  readonly receiveMaximum: number
  readonly clock: Clock
}

/** Every gauge of ingest: what its parts say of themselves at the scrape. What batches do is counted by the meter. */
export function registerLineMetrics(registry: Registry, line: MeteredLine): void {
  const { subscriber, batcher, rewinder, register, receiveMaximum, clock } = line
  const secondsSince = (at: number | null | undefined) =>
    at === null || at === undefined ? 0 : Math.max(0.001, (clock.now() - at) / 1_000)
  const failingFor = (isOutage: boolean) => {
    const failing = batcher.failing()
    return failing?.isOutage === isOutage ? secondsSince(failing.since) : 0
  }
  registerPoolMetrics(registry, line.store)
  registerQueues(registry, {
    hold: { length: subscriber.held, limit: () => receiveMaximum },
    'hold-bytes': { length: subscriber.heldBytes, limit: () => MAX_HELD_BYTES },
    // What came over a connection that was lost waits beside what came over the next one; beyond the limit the former is left out.
    batcher: { length: batcher.waiting, limit: () => 2 * receiveMaximum },
    rewinder: { length: rewinder.waiting, limit: () => countOf(register.activations()) },
  })
  registerGauges(registry, sightMetrics(line.sight))
  registerGauges(registry, {
    cordon_conditions_unwatched: ['Conditions that nobody watches: not zero is a fault', register.unwatched],
    cordon_activations: ['Activations in the register', () => countOf(register.activations())],
    cordon_late_stretches: ['Activations with late fixes that wait to be judged', rewinder.waiting],
    cordon_late_stretches_failed: ['Of those, the ones that could not be judged', rewinder.failing],
    cordon_broker_away_seconds: [
      'Since when nothing can arrive from the broker; 0 while subscribed',
      () => secondsSince(subscriber.awaySince()),
    ],
    cordon_batch_outage_seconds: [
      'Since when no batch can be kept for the database’s sake; 0 while all is well',
      () => failingFor(true),
    ],
    cordon_batch_poison_seconds: [
      'Since when a batch fails for what it holds; 0 while all is well',
      () => failingFor(false),
    ],
  })
}

/** The work of a batcher, counted where it fails and where it puts a message aside. */
export function countFailures(
  { run, quarantine }: Pick<BatcherOptions, 'run' | 'quarantine'>,
  meter: Pick<Meter, 'failed' | 'poison'>,
): Pick<BatcherOptions, 'run' | 'quarantine'> {
  return {
    run: async messages => {
      try {
        await run(messages)
      } catch (error) {
        meter.failed()
        throw error
      }
    },
    quarantine: async (message, error) => {
      await quarantine(message, error)
      meter.poison()
    },
  }
}

function countOf(all: Iterable<unknown>): number {
  let count = 0
  for (const _ of all) count++
  return count
}
