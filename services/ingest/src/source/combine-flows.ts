import type { NatsLink } from '@cordon/jetstream'
import { combineSights } from '../sight/combine-sights.ts'
import type { Flow, Flows } from './flow.ts'

/**
 * All flows of this process as one. An ingest that holds nothing, because others hold everything, is well: it stands by. One whose
 * partitions are still being opened is not yet.
 */
export function combineFlows(
  flows: () => readonly Flow[],
  link: Pick<NatsLink, 'connected' | 'awaySince'>,
  held: () => number,
): Flows {
  const sum = (count: (flow: Flow) => number) => flows().reduce((total, flow) => total + count(flow), 0)
  return {
    batcher: {
      tick: () => {
        for (const { batcher } of flows()) batcher.tick()
      },
      failing: () => flows().flatMap(({ batcher }) => batcher.failing() ?? [])[0] ?? null,
      waiting: () => sum(({ batcher }) => batcher.waiting()),
    },
    subscriber: {
      held: () => sum(({ subscriber }) => subscriber.held()),
      heldBytes: () => sum(({ subscriber }) => subscriber.heldBytes()),
      connected: () =>
        link.connected() && flows().length >= held() && flows().every(({ subscriber }) => subscriber.connected()),
      awaySince: () => {
        const times = flows().flatMap(({ subscriber }) => subscriber.awaySince() ?? [])
        return times.length === 0 ? link.awaySince() : Math.min(...times)
      },
    },
    rewinder: {
      waiting: () => sum(({ rewinder }) => rewinder.waiting()),
      failing: () => sum(({ rewinder }) => rewinder.failing()),
    },
    sight: { now: () => combineSights(flows().map(({ sight }) => sight.now())) },
  }
}
