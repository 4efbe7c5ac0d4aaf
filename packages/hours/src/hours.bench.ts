import { bench, describe } from 'vitest'
import { compileHours } from './compile-hours.ts'

/** A fix a minute for four weeks over a clock change, and the same minutes in leaps of 25 days, each in another stretch. */
const START = Date.parse('2026-10-10T00:00Z')
const MINUTES = 28 * 1_440
const inOrder = Array.from({ length: MINUTES }, (_, i) => START + i * 60_000)
const leaping = inOrder.map((_, i) => START + ((i * 36_007) % MINUTES) * 60_000)

const curfew = compileHours({
  timeZone: 'Europe/London',
  weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '19:00', to: '07:00' }],
  exceptions: [{ date: '2026-10-31', from: '19:00', to: '23:00', applies: false }],
})

describe(`windowAt of a nightly curfew, ${MINUTES} questions`, () => {
  bench('in order, as a watch asks', () => {
    for (const at of inOrder) curfew.windowAt(at)
  })
  bench('leaping, each in another stretch', () => {
    for (const at of leaping) curfew.windowAt(at)
  })
})
