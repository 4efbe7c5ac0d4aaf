import type { Judgement } from '@cordon/contract'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { asItCame, stories } from './testing/arbitrary-arrivals.fixture.ts'

const CASES = 400

/** What a case must have shown to be counted under a name. */
const SHOWN: Record<string, (judgement: Judgement) => boolean> = {
  incident: ({ type }) => type === 'incident',
  'zone incident': one => one.type === 'incident' && one.conditionId !== null,
  'exclusion-breach': one => one.type === 'incident' && one.kind === 'exclusion-breach',
  'restriction-breach': one => one.type === 'incident' && one.kind === 'restriction-breach',
  'inclusion-absence': one => one.type === 'incident' && one.kind === 'inclusion-absence',
  'buffer-entry': one => one.type === 'incident' && one.kind === 'buffer-entry',
  'possible-transit': one => one.type === 'incident' && one.kind === 'possible-transit',
  confirmed: one => one.type === 'incident' && one.conditionId !== null && one.certainty === 'confirmed',
  left: one => one.type === 'incident' && one.conclusion === 'left',
  unconfirmed: one => one.type === 'incident' && one.conclusion === 'unconfirmed' && one.conditionId !== null,
  lapsed: one => one.type === 'incident' && one.conclusion === 'lapsed' && one.conditionId !== null,
  disproved: one => one.type === 'incident' && one.conclusion === 'disproved',
  joined: one => one.type === 'incident' && one.conclusion === 'joined',
  'begun by the clock': one => one.type === 'incident' && one.reason.text.startsWith('It came into force'),
  're-entry': one => one.type === 'incident' && one.conditionId !== null && one.reason.entries > 1,
  visit: ({ type }) => type === 'visit',
  'near-miss': ({ type }) => type === 'near-miss',
  'impossible-jump': one => one.type === 'set-aside' && one.reason === 'impossible-jump',
}

/** Share of the cases in which it must be seen at least: a property that holds because nothing happens says nothing. */
const LEAST: Record<string, number> = {
  incident: 0.6,
  'zone incident': 0.4,
  confirmed: 0.2,
  'exclusion-breach': 0.2,
  joined: 0.005,
}
const LEAST_OF_THE_REST = 0.02

it('the timelines that the properties are held against show incidents of every kind and every fate', () => {
  const counts = new Map<string, number>(Object.keys(SHOWN).map(name => [name, 0]))
  for (const story of fc.sample(stories, { numRuns: CASES, seed: 20_260_504 })) {
    const { all } = asItCame(story)
    for (const [name, isShown] of Object.entries(SHOWN)) {
      if (all.some(isShown)) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  const shares = [...counts].map(([name, count]) => [name, count / CASES] as const)
  const tooFew = shares.filter(([name, share]) => share < (LEAST[name] ?? LEAST_OF_THE_REST))
  expect(tooFew, JSON.stringify(Object.fromEntries(shares))).toEqual([])
})
