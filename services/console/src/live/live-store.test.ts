import type { ProvisionalAlert, ServerMessage } from '@cordon/contract'
import { expect, test } from 'vitest'
import { readAlarms } from '../status/alarms.ts'
import { createLiveStore } from './live-store.ts'

const start = Date.parse('2026-11-22T06:30:00Z')

const anAlert = (episodeId: string): ProvisionalAlert => ({
  ...{ episodeId, wearerId: '11', activationId: '21', zoneId: null, kind: 'strap-tamper', severity: 'critical' },
  ...{ certainty: 'confirmed', happenedAt: '2026-11-22T06:29:00Z', endedAt: null, reason: 'The strap was cut.' },
  ...{ notRecordedSince: '2026-11-22T06:28:00Z', position: null },
})
const provisional = (...ids: readonly string[]): ServerMessage => ({
  type: 'provisional',
  items: ids.map(anAlert),
  leftOut: 0,
})
const alarmsOf = (store: ReturnType<typeof createLiveStore>) =>
  readAlarms(store.getState(), store.lastMessageAtMs(), store.nowMs())

test('what is not yet recorded is all that the last message says, and each new one is announced once', () => {
  const store = createLiveStore(() => start)
  store.receive(provisional('e1'))
  expect(store.getState().lastProvisional?.episodeId).toBe('e1')
  store.receive(provisional('e1', 'e2'))
  expect(store.getState().provisional.items).toHaveLength(2)
  const announced = store.getState().lastProvisional
  expect(announced?.episodeId).toBe('e2')
  store.receive(provisional('e1', 'e2'))
  expect(store.getState().lastProvisional).toBe(announced)
  store.receive(provisional())
  expect(store.getState()).toMatchObject({ provisional: { items: [] }, lastProvisional: undefined })
})

test('a snapshot brings it too, also when it answers a cursor', () => {
  const store = createLiveStore(() => start)
  const state = { items: [anAlert('e1')], leftOut: 4 }
  store.receive({ type: 'snapshot', complete: false, positions: [], incidents: [], cursor: '1', provisional: state })
  expect(store.getState().provisional).toEqual(state)
})

test('it is on the banner, before the feeds, with how many are not listed', () => {
  const store = createLiveStore(() => start)
  store.receive(provisional('e1'))
  expect(alarmsOf(store)).toMatchObject([{ id: 'provisional', level: 'danger', sinceMs: start - 120_000 }])
  expect(alarmsOf(store)[0]?.text).toMatch(/^NOT YET RECORDED: 1 critical breach is known/)
  store.receive({ type: 'provisional', items: [anAlert('e1')], leftOut: 7 })
  expect(alarmsOf(store)[0]?.text).toMatch(
    /8 critical breaches are known and not on record \(7 not listed\)\. They stand above the queue/,
  )
})

test('a wrong clock is neither late nor down, nor is a tag gone mad, and no fixes are said to be missing of the tags', () => {
  const store = createLiveStore(() => start)
  const since = '2026-11-22T06:29:00Z'
  store.receive({
    ...{ type: 'system', serverTime: '2026-11-22T06:30:00Z', ingestLagSeconds: 0, fixesPerSecond: 0 },
    ...{ tagsReporting: 0, tagsExpected: 9 },
    feeds: {
      clocks: { state: 'late', since, detail: 'the clock of ingest-1 differs by 3600 s: it is ahead' },
      fixes: { state: 'down', since, detail: 'ingest-1 receives nothing from any tag' },
      tags: { state: 'late', since, detail: '1 tag sends more than ingest-1 keeps of one' },
    },
  })
  expect(alarmsOf(store).map(({ text }) => text)).toEqual([
    'A clock is wrong: the clock of ingest-1 differs by 3600 s: it is ahead',
    'The tags’ feed is down: ingest-1 receives nothing from any tag',
    'A tag has gone mad: 1 tag sends more than ingest-1 keeps of one',
  ])
})
