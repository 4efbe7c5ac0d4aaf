import type { ServerMessage } from '@cordon/contract'
import { expect, test } from 'vitest'
import { createLiveStore } from '../live/live-store.ts'
import { readAlarms } from './alarms.ts'

const start = Date.parse('2026-11-22T06:30:00Z')

/** A store whose local clock the test sets. */
function aLiveStore() {
  const clock = { ms: start }
  const store = createLiveStore(() => clock.ms)
  const alarms = () => readAlarms(store.getState(), store.lastMessageAtMs(), store.nowMs())
  return { clock, store, ids: () => alarms().map(({ id }) => id), alarms }
}

function aSystem(over: Partial<Extract<ServerMessage, { type: 'system' }>> = {}): ServerMessage {
  return {
    type: 'system',
    serverTime: '2026-11-22T06:30:00Z',
    ingestLagSeconds: 0.4,
    fixesPerSecond: 3.3,
    tagsReporting: 198,
    tagsExpected: 200,
    feeds: { broker: { state: 'up', since: '2026-11-22T06:00:00Z' } },
    ...over,
  }
}

const snapshot: ServerMessage = {
  type: 'snapshot',
  complete: true,
  positions: [],
  incidents: [],
  cursor: 'c1',
  provisional: { items: [], leftOut: 0 },
}

test('a healthy system raises no alarm', () => {
  const { store, ids } = aLiveStore()
  store.receive(snapshot)
  store.receive(aSystem())
  expect(ids()).toEqual([])
})

test('a broken connection is said at once, with since when', () => {
  const { store, alarms } = aLiveStore()
  store.receive(snapshot)
  store.markDown()
  expect(alarms()).toMatchObject([{ id: 'socket', level: 'danger', sinceMs: start }])
  store.receive(snapshot)
  expect(alarms()).toEqual([])
})

test('12 s without any message is said, even while the socket seems open', () => {
  const { clock, store, ids } = aLiveStore()
  store.receive(snapshot)
  clock.ms += 11_999
  expect(ids()).toEqual([])
  clock.ms += 1
  expect(ids()).toEqual(['silence'])
})

test('late and dead feeds, and a lag of 15 s, are said by name', () => {
  const { store, alarms } = aLiveStore()
  const since = '2026-11-22T06:29:00Z'
  store.receive(
    aSystem({ ingestLagSeconds: 22, feeds: { broker: { state: 'down', since }, database: { state: 'late', since } } }),
  )
  expect(alarms().map(({ text }) => text)).toEqual([
    'Message broker is down',
    'Database is late',
    'Positions are judged 22 s late',
  ])
})

test.each([-3600_000, 3600_000])('on a PC whose clock is wrong by %i ms, ages follow the server', errorMs => {
  const { clock, store, ids } = aLiveStore()
  clock.ms += errorMs
  store.receive(aSystem())
  expect(store.nowMs()).toBe(start)
  expect(ids()).toEqual([])
})

test('a refused cursor is dropped; any other error is shown and the cursor kept', () => {
  const { store, ids } = aLiveStore()
  store.receive(snapshot)
  store.receive({ type: 'error', code: 'too-slow', detail: 'Connect again.' })
  expect(store.getState().book.cursor).toBe('c1')
  expect(ids()).toEqual(['stream'])
  store.receive({ type: 'error', code: 'cursor-invalid', detail: 'subscribe again without `since`' })
  expect(store.getState().book.cursor).toBeUndefined()
})
