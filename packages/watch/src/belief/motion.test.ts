import { describe, expect, it } from 'vitest'
import { aFix, type FixSpec, MINUTE, testPolicy } from '../testing/timeline.fixture.ts'
import { flatDistanceM } from './flat-distance.ts'
import { leastSpeedMps, motionBetween } from './motion.ts'
import { sightOf } from './sight.ts'

const seen = (spec: FixSpec) => sightOf(aFix(spec), testPolicy)
const motion = (a: FixSpec, b: FixSpec) => motionBetween(seen(a), seen(b), testPolicy)

describe('the motion between two fixes', () => {
  it('is none when they lie within their circles', () => {
    const between = motion({ at: 0, east: 0 }, { at: MINUTE, east: 10 })
    expect(between).toMatchObject({ elapsedMs: MINUTE, travelledM: 0, isMoving: false, correlationMs: 180_000 })
    expect(between.distanceM).toBeCloseTo(10, 0)
  })

  it('is what the distance exceeds both circles by', () => {
    const between = motion({ at: 0, east: 0 }, { at: MINUTE, east: 100 })
    expect(between.travelledM).toBeCloseTo(87.5, 0)
    expect(between).toMatchObject({ isMoving: true, correlationMs: 20_000 })
  })

  it('goes by the speed that the tag gave when that is more', () => {
    const between = motion({ at: 0, speedMps: 2 }, { at: MINUTE, speedMps: null })
    expect(between).toMatchObject({ travelledM: 120, isMoving: true })
  })

  it('is none for a speed of a still tag, for one below nought, and for no time at all', () => {
    expect(motion({ at: 0, speedMps: 0.2 }, { at: MINUTE, speedMps: -1 })).toMatchObject({ travelledM: 0 })
    expect(motion({ at: 0, east: 0 }, { at: 0, east: 900 })).toMatchObject({ elapsedMs: 0, isMoving: false })
  })

  it('has a least speed that allows for both circles, finite also within one millisecond', () => {
    expect(leastSpeedMps(seen({ at: 0 }), seen({ at: MINUTE, east: 20 }))).toBe(0)
    expect(leastSpeedMps(seen({ at: 0 }), seen({ at: MINUTE, east: 625 }))).toBeCloseTo(10, 1)
    expect(leastSpeedMps(seen({ at: 0 }), seen({ at: 0, east: 100 }))).toBeCloseTo(75_000, -3)
  })
})

describe('the distance on the plane', () => {
  it('is right within 0.1 % up to 50 km', () => {
    const a = { lon: -0.9, lat: 52 }
    // by the great circle, radius 6371.0088 km
    expect(flatDistanceM(a, { lon: -0.9, lat: 52.45 }) / 50_037.7).toBeCloseTo(1, 3)
    expect(flatDistanceM(a, { lon: -0.2, lat: 52.0 }) / 47_920.4).toBeCloseTo(1, 3)
  })
})
