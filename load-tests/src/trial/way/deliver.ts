import type { DeviceEvent, Fix } from '@cordon/contract'
import type { Chance } from '../noise/chance.ts'
import type { Delivery, Scenario, Span } from '../scenario.ts'

/** One message at the service: what the tag sent, at the moment of receipt (epoch ms). */
export type Arrival =
  | { readonly at: number; readonly type: 'fix'; readonly fix: Fix }
  | { readonly at: number; readonly type: 'event'; readonly event: DeviceEvent }

/** A backlog goes out at so many a second. */
const BACKLOG_MS = 20

/** Everything in the order in which it arrives; what is repeated arrives as often. */
export function deliver(scenario: Scenario, fixes: readonly Fix[], chance: Chance): Arrival[] {
  const { startsAt, delivery } = scenario
  const receiptOf = createReceipt(delivery, startsAt, chance)
  const arrivals: Arrival[] = []
  for (const fix of fixes) {
    for (const receivedAt of receiptOf(fix.receivedAt)) {
      arrivals.push({ at: receivedAt, type: 'fix', fix: { ...fix, receivedAt } })
    }
  }
  for (const [index, { atS, type }] of scenario.events.entries()) {
    const measuredAt = startsAt + atS * 1_000
    for (const receivedAt of receiptOf(measuredAt)) {
      const event = { measuredAt, receivedAt, seq: 1_000_000 + index, type, battery: null }
      arrivals.push({ at: receivedAt, type: 'event', event })
    }
  }
  return arrivals.sort((a, b) => a.at - b.at)
}

function createReceipt(delivery: Delivery, startsAt: number, chance: Chance): (at: number) => number[] {
  const promptly = (at: number) => at + Math.round(chance.between(1_000, 6_000))
  switch (delivery.order) {
    case 'prompt':
      return at => [promptly(at)]
    case 'repeated':
      // QoS 1 after a lost acknowledgement: the same message once more up to 10 minutes later
      return at => [
        promptly(at),
        ...Array.from({ length: delivery.times - 1 }, () => at + Math.round(chance.between(10_000, 600_000))),
      ]
    case 'oldest-first':
    case 'newest-first':
    case 'mixed':
      return at => {
        const gap = delivery.gaps.find(
          ({ fromS, toS }) => at >= startsAt + fromS * 1_000 && at < startsAt + toS * 1_000,
        )
        return [gap === undefined ? promptly(at) : startsAt + gap.toS * 1_000 + placeInBacklog(at, gap, delivery.order)]
      }
  }

  function placeInBacklog(at: number, { fromS, toS }: Span, order: Delivery['order']): number {
    const share = (at - startsAt - fromS * 1_000) / ((toS - fromS) * 1_000)
    const lengthMs = ((toS - fromS) / 15) * BACKLOG_MS
    const place = order === 'newest-first' ? 1 - share : order === 'mixed' ? chance.uniform() : share
    return Math.round(place * lengthMs) + 2_000
  }
}
