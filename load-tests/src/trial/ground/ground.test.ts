import { multiPolygon, point, pointToPolygonDistance } from '@turf/turf'
import { describe, expect, it } from 'vitest'
import { createChance } from '../noise/chance.ts'
import { boundaryDistanceM } from './boundary-distance.ts'
import { compileGround } from './compile-ground.ts'
import { createFrame } from './frame.ts'
import { box, circle, polygon, type Shape, toGeometry } from './shape.ts'

const frame = createFrame([-0.9, 52.24])
const holed: Shape = polygon(box(-300, -200, 300, 250), box(-50, -50, 80, 60))

describe('the ground', () => {
  it('is as far from its boundary as Turf says, to a thousandth', () => {
    const geometry = toGeometry(holed, frame)
    if (geometry.type !== 'Polygon') throw new TypeError('one polygon was given')
    const chance = createChance(1)
    for (let i = 0; i < 200; i++) {
      const [x, y] = [chance.between(-500, 500), chance.between(-500, 500)]
      const byTurf = Math.abs(
        pointToPolygonDistance(point(frame.toLonLat(x, y)), multiPolygon([geometry.coordinates]), { units: 'meters' }),
      )
      expect(Math.abs(boundaryDistanceM(holed, x, y) - byTurf)).toBeLessThan(0.1 + 0.001 * byTurf)
    }
  })

  it('leaves a hole out', () => {
    const ground = compileGround(holed, frame)
    expect(ground.contains(...frame.toLonLat(0, 0))).toBe(false)
    expect(ground.contains(...frame.toLonLat(200, 0))).toBe(true)
    expect(ground.contains(...frame.toLonLat(400, 0))).toBe(false)
  })

  it('has a circle as wide on the ground as it is scripted', () => {
    const shape = circle([100, 50], 250)
    const ground = compileGround(shape, frame)
    expect(ground.contains(...frame.toLonLat(349, 50))).toBe(true)
    expect(ground.contains(...frame.toLonLat(351, 50))).toBe(false)
    expect(ground.boundaryM(100, 350)).toBe(50)
  })
})
