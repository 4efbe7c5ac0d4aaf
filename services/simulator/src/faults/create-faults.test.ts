import { createCheck, FixMessage } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { createFaults, type Outgoing, type TrueFix } from './create-faults.ts'
import { type FaultRates, NO_FAULTS, parseFaultRates, USUAL_FAULTS } from './fault-rates.ts'

const isFix = createCheck(FixMessage)
const COUNT = 20_000

const fixNumber = (seq: number): TrueFix => ({
  message: { time: 1_780_000_000_000 + seq * 15_000, lat: 52.24, lon: -0.9, seq },
  ...{ trueLon: -0.9, trueLat: 52.24, isJump: false },
})

function passed(rates: Partial<FaultRates>, seed = 1): Outgoing[] {
  const faults = createFaults({ seed, tagId: 'nc-1', rates: { ...NO_FAULTS, ...rates } })
  return Array.from({ length: COUNT }, (_, seq) => faults.pass(fixNumber(seq))).flat()
}

const fixesOf = (message: Outgoing) => (message.kind === 'fixes' ? message.fixes : [])
const seqsOf = (messages: readonly Outgoing[]) => messages.flatMap(fixesOf).map(({ message }) => message.seq ?? -1)
const arraysOf = (messages: readonly Outgoing[]) =>
  messages.map(fixesOf).flatMap(fixes => (fixes.length > 1 ? [fixes.map(({ message }) => message.seq ?? -1)] : []))
const isAscending = (numbers: readonly number[]) =>
  numbers.every((n, index) => index === 0 || n > (numbers[index - 1] ?? n))

describe('faults', () => {
  it('leaves every fix as it is when there are none', () => {
    expect(seqsOf(passed({}))).toEqual(Array.from({ length: COUNT }, (_, seq) => seq))
    expect(passed({}).every(message => fixesOf(message).length === 1)).toBe(true)
  })

  it('is the same for the same seed', () => {
    expect(passed(USUAL_FAULTS)).toEqual(passed(USUAL_FAULTS))
    expect(seqsOf(passed(USUAL_FAULTS, 2))).not.toEqual(seqsOf(passed(USUAL_FAULTS)))
  })

  it('keeps what is measured in a gap and sends it as one array, mostly oldest first, sometimes mixed', () => {
    const messages = passed({ late: 0.01 })
    const arrays = arraysOf(messages)
    expect(arrays.length).toBeGreaterThan(100)
    for (const array of arrays) expect(array.length).toBeLessThanOrEqual(20)
    const ascending = arrays.filter(isAscending).length / arrays.length
    expect(ascending).toBeGreaterThan(0.6)
    expect(ascending).toBeLessThan(0.8)
    const sorted = seqsOf(messages).toSorted((a, b) => a - b)
    expect(sorted).toEqual(Array.from({ length: sorted.length }, (_, seq) => seq))
    expect(sorted.length).toBeGreaterThan(COUNT - 20)
  })

  it('sends whole messages twice, and lets others change places, without losing one', () => {
    const twice = seqsOf(passed({ duplicate: 0.05 }))
    expect(Math.abs((twice.length - COUNT) / COUNT - 0.05)).toBeLessThan(0.01)
    expect(new Set(twice).size).toBe(COUNT)
    const swapped = seqsOf(passed({ disorder: 0.05 }))
    expect(isAscending(swapped)).toBe(false)
    expect(new Set(swapped).size).toBeGreaterThanOrEqual(COUNT - 1)
    for (const [index, seq] of swapped.entries()) expect(Math.abs(seq - index)).toBeLessThanOrEqual(1)
  })

  it('is silent for some fixes at a time', () => {
    const seqs = seqsOf(passed({ silence: 0.002 }))
    expect(seqs.length).toBeLessThan(COUNT * 0.99)
    expect(seqs.length).toBeGreaterThan(COUNT * 0.9)
    expect(isAscending(seqs)).toBe(true)
  })

  it('spoils the stated share of messages, each so that no fix can be read from it, and costs no good one', () => {
    const messages = passed({ malformed: 0.1 })
    const malformed = messages.flatMap(message => (message.kind === 'malformed' ? [message.payload] : []))
    expect(Math.abs(malformed.length / messages.length - 0.1)).toBeLessThan(0.01)
    expect(seqsOf(messages)).toEqual(Array.from({ length: COUNT }, (_, seq) => seq))
    expect(new Set(malformed.map(payload => payload.toString('hex'))).size).toBe(malformed.length)
    for (const payload of malformed) expect(isFix(parsed(payload))).toBe(false)
  })
})

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    return undefined
  }
}

describe('parseFaultRates', () => {
  it('reads none, usual and single rates', () => {
    expect(parseFaultRates('none')).toEqual(NO_FAULTS)
    expect(parseFaultRates('usual')).toEqual(USUAL_FAULTS)
    expect(parseFaultRates('usual,malformed=0.1')).toEqual({ ...USUAL_FAULTS, malformed: 0.1 })
    expect(parseFaultRates('late=1,silence=0')).toEqual({ ...NO_FAULTS, late: 1 })
  })

  it.each([
    '',
    'some',
    'late',
    'late=2',
    'late=-1',
    'late=x',
    'delay=0.1',
    'late=0.1,usual',
    'malformed=0.6',
    'toString=1',
  ])('refuses %j', text => expect(parseFaultRates(text)).toBeUndefined())
})
