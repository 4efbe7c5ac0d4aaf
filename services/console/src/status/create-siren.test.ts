import type { Incident } from '@cordon/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { anIncident } from '../incidents/incident-builder.ts'
import { type Calls, createSiren } from './create-siren.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const none: Calls = { incidents: [], provisional: [] }
const live = (id: string, over: Partial<Incident> = {}) => anIncident({ id, episodeId: `e${id}`, ...over })
const late = (id: number, over: Partial<Incident> = {}) =>
  live(String(id), { late: true, endedAt: '2026-11-22T06:29:58.000Z', conclusion: 'left', ...over })
const wave = (count: number, firstId = 100, over: Partial<Incident> = {}) =>
  Array.from({ length: count }, (_, index) => late(firstId + index, over))

/** A siren, and what it has played since it was asked last. */
function aSiren() {
  const played: string[] = []
  const siren = createSiren(tone => played.push(tone), Date.now)
  return {
    stop: siren.stop,
    shows: (...incidents: readonly Incident[]) => siren.update({ ...none, incidents }),
    update: siren.update,
    heard: (afterMs = 0) => {
      vi.advanceTimersByTime(afterMs)
      return played.splice(0)
    },
  }
}

test('a critical one sounds at once and every 4 s until somebody has taken it', () => {
  const siren = aSiren()
  siren.shows(live('1'))
  expect(siren.heard()).toEqual(['critical'])
  expect(siren.heard(12_000)).toHaveLength(3)
  siren.shows(live('1', { state: 'acknowledged' }))
  expect(siren.heard(60_000)).toEqual([])
})

test('fifty late critical ones, told one by one or all at once, are heard once', () => {
  const oneByOne = aSiren()
  const all = wave(50)
  for (let count = 1; count <= all.length; count++) {
    oneByOne.shows(...all.slice(0, count))
    vi.advanceTimersByTime(20)
  }
  expect(oneByOne.heard()).toEqual(['critical'])
  expect(oneByOne.heard(60_000)).toEqual([])
  const atOnce = aSiren()
  atOnce.shows(...wave(50))
  expect(atOnce.heard(60_000)).toEqual(['critical'])
})

test('in the middle of a wave a live critical one sounds at once, and goes on', () => {
  const siren = aSiren()
  siren.shows(...wave(30))
  expect(siren.heard(1_000)).toEqual(['critical'])
  siren.shows(...wave(60), live('1'))
  expect(siren.heard()).toEqual(['critical'])
  expect(siren.heard(8_000)).toHaveLength(2)
})

test('late and still going on is live: each of them sounds', () => {
  const siren = aSiren()
  siren.shows(...wave(30))
  siren.heard()
  for (const count of [1, 2, 3]) {
    siren.shows(...wave(30), ...Array.from({ length: count }, (_, index) => live(String(index), { late: true })))
    expect(siren.heard()).toEqual(['critical'])
  }
})

test('a few late ones are single rows: heard once together, and repeated until they are taken', () => {
  const siren = aSiren()
  siren.shows(late(1))
  siren.shows(late(1), late(2))
  expect(siren.heard()).toEqual(['critical'])
  expect(siren.heard(4_000)).toEqual(['critical'])
})

test('a second wave, of another zone, is heard again; what joins the first later is not', () => {
  const siren = aSiren()
  siren.shows(...wave(20))
  siren.heard(60_000)
  siren.shows(...wave(25))
  expect(siren.heard(60_000)).toEqual([])
  siren.shows(...wave(25), ...wave(20, 500, { zoneId: '77' }))
  expect(siren.heard(60_000)).toEqual(['critical'])
})

test('what was told before it was on record does not sound again when it is', () => {
  const siren = aSiren()
  siren.update({ ...none, provisional: [{ episodeId: 'e1' }] })
  expect(siren.heard(1_000)).toEqual(['critical'])
  siren.update(none)
  siren.shows(live('1'))
  expect(siren.heard(3_999)).toEqual([])
  expect(siren.heard(1)).toEqual(['critical'])
})

test('a serious one is heard once, and not over a critical one', () => {
  const siren = aSiren()
  siren.shows(live('1', { severity: 'serious' }))
  expect(siren.heard(60_000)).toEqual(['serious'])
  siren.shows(live('1', { severity: 'serious' }), live('2', { severity: 'serious' }), live('3'))
  expect(siren.heard()).toEqual(['critical'])
  siren.stop()
  expect(siren.heard(60_000)).toEqual([])
})
