import { type ActivationId, asId, type OrderId, type TagId, type WearerId } from '@cordon/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ActivationFact, type OrderFact, rollCall } from './roll-call.ts'

const NOW = Date.UTC(2026, 4, 4, 9)
const MINUTE = 60_000
const ago = (minutes: number) => NOW - minutes * MINUTE
const instant = (minutes: number) => new Date(ago(minutes)).toISOString()
const wearer = (id: number) => asId<WearerId>(`${id}`)

function anOrder(id: number, given: Partial<OrderFact> = {}): OrderFact {
  const orderId = asId<OrderId>(`${id}`)
  return { orderId, wearerId: wearer(id), from: ago(600), untaggedSince: null, graceMs: 14 * MINUTE, ...given }
}

function anActivation(id: number, given: Partial<ActivationFact> = {}): ActivationFact {
  return {
    activationId: asId<ActivationId>(`${id}`),
    wearerId: wearer(id),
    tagId: asId<TagId>(`tag-${id}`),
    from: ago(500),
    unorderedSince: null,
    graceMs: 14 * MINUTE,
    allowedMs: 15 * MINUTE,
    heardAt: ago(1),
    isQuiet: false,
    known: null,
    ...given,
  }
}

describe('the roll-call', () => {
  it('is empty when every order has a tag that reports, and every tag an order', () => {
    expect(
      rollCall({ orders: [anOrder(1), anOrder(2)], activations: [anActivation(1), anActivation(2)] }, NOW),
    ).toEqual([])
  })

  it('names orders without a tag, beyond the grace in which one is fitted or changed', () => {
    const orders = [
      anOrder(1),
      anOrder(2, { from: ago(13) }),
      anOrder(3, { from: ago(14) }),
      anOrder(4, { untaggedSince: ago(13) }),
      anOrder(5, { untaggedSince: ago(20) }),
      anOrder(6, { from: ago(30), untaggedSince: ago(900) }),
    ]
    const row = { problem: 'order-without-tag' }
    expect(rollCall({ orders, activations: [] }, NOW)).toEqual([
      { ...row, wearerId: '1', orderId: '1', since: instant(600) },
      { ...row, wearerId: '6', orderId: '6', since: instant(30) },
      { ...row, wearerId: '5', orderId: '5', since: instant(20) },
      { ...row, wearerId: '3', orderId: '3', since: instant(14) },
    ])
  })

  it('names tags without an order, likewise', () => {
    const activations = [
      anActivation(1),
      anActivation(2, { unorderedSince: ago(13) }),
      anActivation(3, { from: ago(13) }),
    ]
    expect(rollCall({ orders: [], activations }, NOW)).toEqual([
      { problem: 'tag-without-order', wearerId: '1', activationId: '1', tagId: 'tag-1', since: instant(500) },
    ])
  })

  it('names tags never heard from, by the calendar alone, and tags that went quiet', () => {
    const activations = [
      anActivation(1, { heardAt: null }),
      anActivation(2, { heardAt: null, from: ago(14) }),
      anActivation(3, { heardAt: ago(40), isQuiet: true }),
      anActivation(4, { heardAt: ago(600) }),
    ]
    const orders = activations.map((_, i) => anOrder(i + 1))
    expect(rollCall({ orders, activations }, NOW)).toEqual([
      { problem: 'never-heard', wearerId: '1', activationId: '1', tagId: 'tag-1', since: instant(500) },
      { problem: 'not-reporting', wearerId: '3', activationId: '3', tagId: 'tag-3', since: instant(40) },
    ])
  })

  it('names silence for a known reason with the reason, and not a tag that reports all the same', () => {
    const suspended = { kind: 'suspended', detail: 'in hospital' } as const
    const activations = [
      anActivation(1, { heardAt: ago(60), isQuiet: true, known: { kind: 'beacon', detail: 'near the home beacon' } }),
      anActivation(2, { heardAt: null, known: suspended }),
      anActivation(3, { known: suspended }),
    ]
    expect(rollCall({ orders: [1, 2, 3].map(id => anOrder(id)), activations }, NOW)).toMatchObject([
      { problem: 'known-silence', activationId: '2', reason: 'suspended: in hospital', since: instant(500) },
      { problem: 'known-silence', activationId: '1', reason: 'near the home beacon', since: instant(60) },
    ])
  })

  it('is in the same order whatever order the facts come in', () => {
    const orders = [9, 10, 11, 2].map(id => anOrder(id))
    const activations = [30, 4, 31].map(id => anActivation(id, { isQuiet: true, heardAt: ago(60) }))
    const expected = rollCall({ orders, activations }, NOW)
    expect(expected.map(({ problem, orderId, activationId }) => `${problem} ${orderId ?? activationId}`)).toEqual([
      ...['2', '9', '10', '11'].map(id => `order-without-tag ${id}`),
      ...['4', '30', '31'].map(id => `tag-without-order ${id}`),
      ...['4', '30', '31'].map(id => `not-reporting ${id}`),
    ])
    const shuffled = fc.record({
      orders: fc.shuffledSubarray(orders, { minLength: orders.length }),
      activations: fc.shuffledSubarray(activations, { minLength: activations.length }),
    })
    fc.assert(
      fc.property(shuffled, facts => {
        expect(rollCall(facts, NOW)).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })
})
