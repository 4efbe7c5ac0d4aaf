import { expect, test } from 'vitest'
import { mercatorX } from './mercator.ts'
import { pickTag } from './tag-picking.ts'
import { createTagTable, type TagPosition, tableOrigin } from './tag-table.ts'

const now = Date.parse('2026-11-22T06:30:00Z')

function aPosition(over: Partial<TagPosition> = {}): TagPosition {
  return { activationId: 'a1', wearerId: 'w1', measuredAtMs: now, lat: 52.24, lon: -0.9, ...over }
}

test('a newer position moves the tag, an older one does not', () => {
  const table = createTagTable()
  table.upsert(aPosition())
  table.upsert(aPosition({ lon: -0.8, measuredAtMs: now + 1000 }))
  table.upsert(aPosition({ lon: -0.7, measuredAtMs: now - 1000 }))
  expect(table.size()).toBe(1)
  expect(table.ofWearer('w1')?.lon).toBe(-0.8)
  expect((table.vertices()[0] ?? 0) + tableOrigin.x).toBeCloseTo(mercatorX(-0.8), 9)
})

test('only the slots that changed are handed to the graphics card, and only once', () => {
  const table = createTagTable()
  for (let tag = 0; tag < 10; tag++) table.upsert(aPosition({ activationId: `a${tag}`, wearerId: `w${tag}` }))
  expect(table.takeDirty()).toEqual({ from: 0, to: 9 })
  expect(table.takeDirty()).toBeUndefined()
  table.upsert(aPosition({ activationId: 'a4', wearerId: 'w4' }))
  table.upsert(aPosition({ activationId: 'a6', wearerId: 'w6' }))
  expect(table.takeDirty()).toEqual({ from: 4, to: 6 })
})

test('the table grows past its first capacity and keeps every tag', () => {
  const table = createTagTable()
  for (let tag = 0; tag < 5000; tag++) table.upsert(aPosition({ activationId: `a${tag}`, wearerId: `w${tag}` }))
  expect(table.size()).toBe(5000)
  expect(table.looks().length).toBeGreaterThanOrEqual(5000)
  expect(table.generation()).toBeGreaterThan(0)
})

test('legend counts put a tag that fell silent under not reporting, whatever its incident', () => {
  const table = createTagTable()
  table.upsert(aPosition())
  table.upsert(aPosition({ activationId: 'a2', wearerId: 'w2' }))
  table.upsert(aPosition({ activationId: 'a3', wearerId: 'w3', measuredAtMs: now - 6 * 60_000 }))
  table.refreshLooks(wearerId => (wearerId === 'w1' ? 'compliant' : 'breach'), now)
  expect(table.countStatuses()).toEqual({ compliant: 1, warning: 0, breach: 1, notReporting: 1 })
})

test('picking finds the nearest tag within reach and prefers the more serious of two at one place', () => {
  const table = createTagTable()
  table.upsert(aPosition())
  table.upsert(aPosition({ activationId: 'a2', wearerId: 'w2' }))
  table.upsert(aPosition({ activationId: 'a3', wearerId: 'w3', lon: -0.95 }))
  table.refreshLooks(wearerId => (wearerId === 'w2' ? 'breach' : 'compliant'), now)
  const zoom = 12
  expect(pickTag(table, { lon: -0.9, lat: 52.24 }, zoom)?.wearerId).toBe('w2')
  expect(pickTag(table, { lon: -0.9501, lat: 52.24 }, zoom)?.wearerId).toBe('w3')
  expect(pickTag(table, { lon: -0.92, lat: 52.3 }, zoom)).toBeUndefined()
})
