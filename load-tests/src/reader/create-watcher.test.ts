import type { LivePosition } from '@cordon/contract'
import { expect, it } from 'vitest'
import { createLatencies } from '../report/latencies.ts'
import { createWatcher } from './create-watcher.ts'

const aPosition = (activationId: string, measuredAt: number) => ({ activationId, measuredAt }) as LivePosition

it('counts a stretch by when positions were measured, whenever they come, without the one that is left out', () => {
  const watcher = createWatcher()
  watcher.takePositions([aPosition('1', 5_000)], 5_100)
  watcher.stretch({ from: 5_000, to: 6_000, without: 'mad' })
  watcher.takePositions([aPosition('1', 5_500), aPosition('mad', 5_500), aPosition('2', 4_999)], 5_600)
  watcher.takePositions([aPosition('1', 5_999), aPosition('2', 6_000)], 9_999)
  const latencies = createLatencies(watcher.report().stretch)
  expect([latencies.count(), latencies.max()]).toEqual([2, 4_000])
  watcher.stretch({ from: 7_000, to: 8_000, without: null })
  expect(watcher.report().stretch).toEqual([])
})
