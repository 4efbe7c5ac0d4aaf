import { expect, test } from 'vitest'
import { gridReference, toNationalGrid } from './grid-reference.ts'

/** Ordnance Survey's own worked example: Caister water tower, TG 51409 13177. */
const caister = { lon: 1.716074, lat: 52.657979 }

test('the published example of the National Grid is met within 5 m', () => {
  const { eastingM, northingM } = toNationalGrid(caister.lon, caister.lat)
  expect(Math.abs(eastingM - 651_409)).toBeLessThan(5)
  expect(Math.abs(northingM - 313_177)).toBeLessThan(5)
})

test('a reference has the letters of its square and as many digits as asked', () => {
  expect(gridReference(caister.lon, caister.lat, 3)).toBe('TG 514 131')
  expect(gridReference(-0.9027, 52.2405, 4)).toMatch(/^SP 750\d 608\d$/)
})

test('outside the grid there is no reference', () => {
  expect(gridReference(-30, 52)).toBeUndefined()
  expect(gridReference(13.4, 52.5)).toBeUndefined()
})
