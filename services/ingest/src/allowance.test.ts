import { asId, type TagId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { createAllowance } from './allowance.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

const NOW = Date.UTC(2026, 10, 22, 6)
const MINUTE = 60_000
const tagId = asId<TagId>('tag-1')
let serial = 0
const aMessage = (receivedAt: number, more: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  ...{ topic: 'cordon/v1/tags/tag-1/fixes', payload: Buffer.from(`${receivedAt}.${serial++}`), receivedAt },
  ...{ connection: 1, messageId: 1 },
  ...more,
})

/** 50 a second, so 20,000 in reserve; each batch is committed. */
function anAllowance() {
  const allowance = createAllowance(50)
  const admits = (receivedAt: number, measuredAt: number | null = receivedAt, items = 1, topic?: string) =>
    allowance.admits(aMessage(receivedAt, topic === undefined ? {} : { topic }), { tagId, items, measuredAt })
  /** How many of these are admitted, one after the other. */
  const countAdmitted = (count: number, measuredAt: (index: number) => number | null, receivedAt = NOW) => {
    allowance.begin()
    let admitted = 0
    for (let index = 0; index < count; index++) if (admits(receivedAt, measuredAt(index))) admitted++
    allowance.commit()
    return admitted
  }
  return { allowance, admits, countAdmitted }
}

describe('what a tag may say', () => {
  it('is everything that was measured at a bearable pace, however much waited and however fast it comes', () => {
    const { countAdmitted } = anAllowance()
    expect(countAdmitted(200_000, index => NOW - (200_000 - index) * 1_000)).toBe(200_000)
  })

  it('is what a tag had stored for two weeks behind its first live fix, in any order', () => {
    const { countAdmitted } = anAllowance()
    expect(countAdmitted(1, () => NOW)).toBe(1)
    expect(countAdmitted(19_999, index => NOW - index * MINUTE)).toBe(19_999)
  })

  it.each([
    ['a millisecond apart', (index: number) => NOW - 200_000 + index, 30_000],
    ['the same again and again', () => NOW - 1_000, 20_000],
    ['further and further in the future', (index: number) => NOW + index * MINUTE, 20_000],
    ['without a time', () => null, 20_000],
  ] as const)('is no more than the reserve of what is measured %s', (_, measuredAt, most) => {
    const { countAdmitted } = anAllowance()
    const admitted = countAdmitted(200_000, measuredAt)
    expect(admitted).toBeLessThanOrEqual(most + 1)
    expect(admitted).toBeGreaterThanOrEqual(20_000)
  })

  it('grows by 50 a second again, up to the reserve', () => {
    const { countAdmitted } = anAllowance()
    countAdmitted(20_000, () => NOW)
    expect(countAdmitted(1_000, () => NOW, NOW + 1_000)).toBe(50)
    expect(countAdmitted(90_000, () => NOW, NOW + 60 * MINUTE)).toBe(20_000)
  })

  it('is its own for each topic: a strap that is cut is told in the middle of a flood of fixes', () => {
    const { allowance, admits, countAdmitted } = anAllowance()
    countAdmitted(30_000, () => NOW)
    allowance.begin()
    expect(admits(NOW)).toBe(false)
    expect(admits(NOW, NOW, 1, 'cordon/v1/tags/tag-1/events')).toBe(true)
  })

  it('never refuses a large message for its size, and lets it be paid for afterwards', () => {
    const { allowance, admits } = anAllowance()
    allowance.begin()
    for (let count = 0; count < 20; count++) expect(admits(NOW, NOW, 999)).toBe(true)
    expect(admits(NOW, NOW, 1_000)).toBe(true)
    expect(admits(NOW, NOW)).toBe(false)
    expect(admits(NOW + 19_000)).toBe(false)
    expect(admits(NOW + 20_000)).toBe(true)
  })
})

describe('what is refused', () => {
  const flooded = () => {
    const line = anAllowance()
    line.countAdmitted(20_000, () => NOW)
    return line
  }

  it('is one item for all of a batch, with the bytes of the first and the time of the last', () => {
    const { allowance, admits } = flooded()
    allowance.begin()
    for (const ms of [0, 1, 2]) admits(NOW + ms, NOW)
    expect(allowance.refused()).toMatchObject([
      { tagId: 'tag-1', seen: 3, rejection: { code: 'too-many' }, message: { receivedAt: NOW + 2 } },
    ])
    expect(Buffer.from(allowance.refused()[0]?.message.payload ?? []).toString()).toMatch(`${NOW}.`)
  })

  it('is counted in one row for a minute, and in another one where the time of a receipt would not tell them apart', () => {
    const { allowance, admits } = flooded()
    const payloadAt = (receivedAt: number) => {
      allowance.begin()
      // the tenth of a second since the last batch may admit some
      while (admits(receivedAt, NOW));
      const [refused] = allowance.refused()
      allowance.commit()
      return Buffer.from(refused?.message.payload ?? []).toString()
    }
    const first = payloadAt(NOW)
    expect([payloadAt(NOW + 100), payloadAt(NOW + 59_000)]).toEqual([first, first])
    const second = payloadAt(NOW + 61_000)
    const third = payloadAt(NOW + 61_000)
    expect(new Set([first, second, third]).size).toBe(3)
    expect(payloadAt(NOW + 61_001)).toBe(third)
  })

  it('counts for nothing when the batch is run again, and is the same again', () => {
    const { allowance } = flooded()
    const batch = Array.from({ length: 1_000 }, (_, ms) => aMessage(NOW + ms))
    const run = () => {
      allowance.begin()
      for (const message of batch) allowance.admits(message, { tagId, items: 1, measuredAt: NOW })
      return allowance.refused()
    }
    const first = run()
    expect(first[0]?.seen).toBeGreaterThan(900)
    expect(run()).toEqual(first)
  })

  it('is a flood for ten seconds after the last of it', () => {
    const { allowance, admits } = flooded()
    expect(allowance.floods(NOW)).toBe(0)
    allowance.begin()
    admits(NOW, NOW)
    allowance.commit()
    expect([allowance.floods(NOW + 10_000), allowance.floods(NOW + 10_001)]).toEqual([1, 0])
  })
})
