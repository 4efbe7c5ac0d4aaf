import { kinks } from '@turf/turf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyMultiPolygon, anyPolygon } from './arbitrary-zones.fixture.ts'
import { type CheckGeometryOptions, checkGeometry } from './check-geometry.ts'
import { type GeometryProblem, MAX_PROBLEMS } from './geometry-problem.ts'

const ORIGIN = [-1, 52] as const

/** A ring given in hundredths of a degree from 1° W 52° N, closed by itself. */
function ring(...points: [number, number][]): [number, number][] {
  return [...points, points[0]].map(([x, y]) => [ORIGIN[0] + x / 100, ORIGIN[1] + y / 100])
}

function square(x: number, y: number, side: number): [number, number][] {
  return ring([x, y], [x + side, y], [x + side, y + side], [x, y + side])
}

const polygon = (...coordinates: unknown[]) => ({ type: 'Polygon', coordinates })
const multi = (...coordinates: unknown[]) => ({ type: 'MultiPolygon', coordinates })

function problemsOf(input: unknown, options?: CheckGeometryOptions): readonly GeometryProblem[] {
  const result = checkGeometry(input, options)
  return result.ok ? [] : result.problems
}

function firstOf(input: unknown, options?: CheckGeometryOptions): GeometryProblem | undefined {
  return problemsOf(input, options)[0]
}

/** A circle's worth of vertices with a wobble. */
function manyVertices(count: number): [number, number][] {
  const points = Array.from({ length: count }, (_, i): [number, number] => {
    const angle = (i / count) * 2 * Math.PI
    const radius = 50 + 5 * Math.sin(angle * 50)
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })
  return ring(...points)
}

describe('checkGeometry passes', () => {
  it('a polygon with a hole, as a copy', () => {
    const input = polygon(square(0, 0, 10), square(2, 2, 3))
    const result = checkGeometry(input)
    expect(result).toEqual({ ok: true, geometry: input })
    expect(result.ok && result.geometry !== input).toBe(true)
  })

  it('a multipolygon, with an island in a lake of another island', () => {
    const input = multi([square(0, 0, 10), square(2, 2, 6)], [square(4, 4, 2)], [square(20, 0, 5)])
    expect(checkGeometry(input)).toEqual({ ok: true, geometry: input })
  })

  it('a circle', () => {
    const input = { type: 'Circle', center: [-0.9, 52.24], radius: 100_000 }
    expect(checkGeometry(input)).toEqual({ ok: true, geometry: input })
  })

  it('either direction of rings, across longitude 0', () => {
    const west = [
      [-0.1, 51],
      [0.1, 51],
      [0.1, 51.1],
      [-0.1, 51],
    ]
    expect(problemsOf(polygon(west))).toEqual([])
    expect(problemsOf(polygon([...west].reverse()))).toEqual([])
  })

  it('and cleans: repeated positions, altitudes and foreign members are dropped', () => {
    const [a, b, c, d, e] = square(0, 0, 10)
    const input = { ...polygon([a, [...b, 77], b, b, c, d, e, e]), crs: 'EPSG:4326', bbox: [0, 0, 1, 1] }
    expect(checkGeometry(input)).toEqual({ ok: true, geometry: polygon([a, b, c, d, e]) })
    const circle = { type: 'Circle', center: [-0.9, 52.24, 90], radius: 5, name: 'x' }
    expect(checkGeometry(circle)).toEqual({ ok: true, geometry: { type: 'Circle', center: [-0.9, 52.24], radius: 5 } })
  })

  it('20,000 vertices', () => {
    expect(problemsOf(polygon(manyVertices(20_000)))).toEqual([])
  })

  it('holes and parts that touch in single points', () => {
    expect(problemsOf(polygon(square(0, 0, 10), ring([0, 5], [3, 3], [3, 7])))).toEqual([])
    expect(problemsOf(polygon(square(0, 0, 10), square(2, 2, 2), square(4, 4, 2)))).toEqual([])
    expect(problemsOf(multi([square(0, 0, 5)], [square(5, 5, 5)]))).toEqual([])
    expect(problemsOf(multi([square(0, 0, 10), square(2, 2, 6)], [ring([2, 5], [5, 2], [8, 5], [5, 8])]))).toEqual([])
  })

  it('every polygon that is drawn round a middle', () => {
    fc.assert(
      fc.property(fc.oneof(anyPolygon(60), anyMultiPolygon()), geometry => {
        expect(checkGeometry(geometry, { serviceArea: [-180, -90, 180, 90] })).toEqual({ ok: true, geometry })
      }),
      { numRuns: 200 },
    )
  })
})

describe('checkGeometry refuses, with the place', () => {
  it.each([
    [undefined, '/type'],
    [null, '/type'],
    ['POLYGON((0 0))', '/type'],
    [[1, 2], '/type'],
    [{ type: 'Point', coordinates: [0, 52] }, '/type'],
    [{ type: 'Polygon' }, '/coordinates'],
    [{ type: 'MultiPolygon', coordinates: 7 }, '/coordinates'],
    [polygon('ring'), '/coordinates/0'],
    [polygon([[0, 52], 3, [1, 52], [0, 52]]), '/coordinates/0/1'],
    [multi([square(0, 0, 1)], 'polygon'), '/coordinates/1'],
  ])('what is no area: %j', (input, path) => {
    expect(firstOf(input)).toMatchObject({ code: 'wrong-type', path })
  })

  it('features, saying which member to send', () => {
    expect(firstOf({ type: 'Feature', geometry: polygon(square(0, 0, 1)) })?.detail).toContain('send its "geometry"')
    expect(firstOf({ type: 'FeatureCollection', features: [] })?.detail).toContain('of one feature')
  })

  it.each([
    [polygon(), '/coordinates'],
    [polygon([]), '/coordinates/0'],
    [multi(), '/coordinates'],
    [multi([square(0, 0, 1)], []), '/coordinates/1'],
    [polygon([[0, 52]]), '/coordinates/0'],
    [
      polygon([
        [0, 52],
        [0, 53],
        [0, 52],
      ]),
      '/coordinates/0',
    ],
    [polygon(ring([0, 0], [1, 1], [2, 2])), '/coordinates/0'],
    [polygon(square(0, 0, 10), ring([1, 1], [5, 1], [3, 1.000_000_1])), '/coordinates/1'],
  ])('what encloses nothing: %j', (input, path) => {
    expect(firstOf(input)).toMatchObject({ code: 'empty', path })
  })

  it.each([[[Number.NaN, 52]], [[0, Infinity]], [[0]], [['0', '52']], [[0, null]]])(
    'what is no position: %j',
    position => {
      const [a, b, , d] = square(0, 0, 1)
      expect(firstOf(polygon([a, b, position, d, a]))).toMatchObject({ code: 'not-a-number', path: '/coordinates/0/2' })
    },
  )

  it('a ring that is not closed', () => {
    const open = square(0, 0, 1).slice(0, 4)
    expect(problemsOf(multi([square(5, 5, 1)], [open]))).toEqual([
      {
        code: 'unclosed',
        path: '/coordinates/1/0/3',
        position: [-1, 52.01],
        detail: 'The ring is not closed. Repeat its first position as the last.',
      },
    ])
  })

  it('more vertices than allowed, of all rings together, before it looks at them', () => {
    expect(firstOf(polygon(manyVertices(20_001)))).toMatchObject({ code: 'too-many-vertices', path: '/coordinates' })
    const rings = polygon(square(0, 0, 10), square(2, 2, 3))
    expect(firstOf(rings, { maxVertices: 7 })).toMatchObject({ code: 'too-many-vertices' })
    expect(problemsOf(rings, { maxVertices: 8 })).toEqual([])
  })

  it('what lies outside the service area, at the first such position of each ring', () => {
    const far = square(0, 0, 1).map(([lon, lat]) => [lon + 3.995, lat])
    const [problem, ...others] = problemsOf(multi([square(0, 0, 1)], [far]))
    expect(problem).toMatchObject({ code: 'outside-service-area', path: '/coordinates/1/0/1' })
    expect(problem?.position?.[0]).toBeCloseTo(3.005)
    expect(problem?.detail).toContain('between longitudes -11 and 3 and latitudes 49 and 61')
    expect(others).toEqual([])
    expect(problemsOf(polygon(square(0, 0, 1)), { serviceArea: [5, 47, 15, 55] })).toHaveLength(1)
  })

  it('swapped latitude and longitude, saying so', () => {
    const swapped = square(0, 0, 1).map(([lon, lat]) => [lat, lon])
    expect(firstOf(polygon(swapped))?.detail).toContain('look swapped')
    expect(firstOf({ type: 'Circle', center: [52.24, -0.9], radius: 50 })).toMatchObject({
      code: 'outside-service-area',
      path: '/center',
      detail: expect.stringContaining('look swapped'),
    })
  })

  it.each([0, -5, 100_001, Number.NaN, '50', undefined])('a circle with the radius %j', radius => {
    expect(firstOf({ type: 'Circle', center: [0, 52], radius })).toMatchObject({ code: 'radius', path: '/radius' })
  })

  it.each([undefined, 'here', [0], [0, '52'], ['0', 52]])('a circle round %j', center => {
    expect(firstOf({ type: 'Circle', center, radius: 5 })).toMatchObject({ code: 'not-a-number', path: '/center' })
  })

  it('a ring that crosses itself, at the crossing', () => {
    const problems = problemsOf(polygon(ring([0, 0], [10, 10], [10, 0], [0, 10])))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ code: 'self-crossing', path: '/coordinates/0/0' })
    expect(problems[0]?.detail).toContain('crosses itself: the edges after positions 0 and 2')
    expect(problems[0]?.position?.[0]).toBeCloseTo(-0.95)
    expect(problems[0]?.position?.[1]).toBeCloseTo(52.05)
  })

  it('counting positions as they came, repeated ones included', () => {
    const [a, b, c, d] = ring([0, 0], [10, 10], [10, 0], [0, 10])
    expect(firstOf(polygon([a, a, b, b, c, d, a]))?.detail).toContain('positions 0 and 4')
  })

  it('a ring that touches itself, or doubles back', () => {
    const touching = ring([0, 0], [10, 0], [10, 10], [5, 0], [0, 10])
    expect(firstOf(polygon(touching))?.detail).toContain('touches itself')
    const spike = ring([0, 0], [10, 0], [10, 10], [10, 15], [10, 10], [0, 10])
    expect(problemsOf(polygon(spike)).some(({ detail }) => detail.includes('runs along itself'))).toBe(true)
    const spikeAtTheEnd = ring([10, 10], [0, 10], [0, 0], [10, 0], [10, 15])
    expect(problemsOf(polygon(spikeAtTheEnd)).some(({ detail }) => detail.includes('runs along itself'))).toBe(true)
  })

  it('a hole that crosses its outer ring, or runs along it', () => {
    expect(firstOf(polygon(square(0, 0, 10), square(8, 4, 4)))).toMatchObject({
      code: 'self-crossing',
      path: '/coordinates/0/1',
      detail: expect.stringContaining('crosses the edge /coordinates/1/0 of another ring'),
    })
    expect(firstOf(polygon(square(0, 0, 10), square(0, 2, 4)))?.detail).toContain('runs along')
  })

  it('a hole outside its outer ring, also one that only touches it', () => {
    expect(problemsOf(polygon(square(0, 0, 10), square(20, 0, 5)))).toMatchObject([
      { code: 'hole-outside', path: '/coordinates/1' },
    ])
    expect(problemsOf(polygon(square(0, 0, 10), ring([10, 5], [15, 3], [15, 7])))).toMatchObject([
      { code: 'hole-outside', path: '/coordinates/1' },
    ])
  })

  it('a hole that leaves its outer ring exactly through vertices', () => {
    const notched = ring([0, 0], [10, 0], [10, 4], [7, 5], [10, 6], [10, 10], [0, 10])
    const hole = ring([3, 5], [10, 4], [12, 5], [10, 6])
    expect(problemsOf(polygon(notched, hole))).toMatchObject([{ code: 'hole-outside', path: '/coordinates/1' }])
  })

  it('a hole in a hole', () => {
    expect(problemsOf(polygon(square(0, 0, 20), square(2, 2, 10), square(4, 4, 2)))).toMatchObject([
      { code: 'hole-in-hole', path: '/coordinates/2', position: [-0.96, 52.04] },
    ])
  })

  it('parts of a multipolygon that cross, share an edge, or lie in one another', () => {
    expect(firstOf(multi([square(0, 0, 10)], [square(5, 5, 10)]))).toMatchObject({ code: 'self-crossing' })
    expect(firstOf(multi([square(0, 0, 10)], [square(10, 0, 10)]))?.detail).toContain('merge the parts')
    expect(firstOf(multi([square(0, 0, 10)], [square(0, 0, 10)]))).toMatchObject({ code: 'self-crossing' })
    expect(problemsOf(multi([square(0, 0, 10)], [square(2, 2, 3)]))).toMatchObject([
      { code: 'overlapping', path: '/coordinates/1/0' },
    ])
  })

  it('parts that overlap with nothing but touches between their outlines', () => {
    const diamond = ring([0, 5], [5, 0], [10, 5], [5, 10])
    expect(problemsOf(multi([square(0, 0, 10)], [diamond]))).toMatchObject([{ code: 'overlapping' }])
  })

  it('parts that touch in so many places that it would take for ever to look into them', () => {
    const fan = Array.from({ length: 200 }, (_, i) => [ring([0, 0], [i / 10, 10], [i / 10 + 0.05, 10])])
    expect(problemsOf(multi(...fan))).toMatchObject([
      { code: 'too-dense', detail: expect.stringContaining('more than 10000 places'), position: [-1, 52] },
    ])
  })

  it('a comb of so many long slanting teeth that every edge would have to be compared with every other', () => {
    const comb = (count: number) => {
      const teeth = Array.from({ length: count }, (_, i) => [(i / count) * 100 + (i % 2) * 100, (i % 2) * 100])
      return polygon(ring(...(teeth as [number, number][]), [250, -10], [-50, -10]))
    }
    expect(problemsOf(comb(1_000))).toEqual([])
    expect(problemsOf(comb(6_000))).toMatchObject([{ code: 'too-dense', path: '/coordinates' }])
  })

  it('anything at all without falling over', () => {
    const anyType = fc.constantFrom('Polygon', 'MultiPolygon', 'Circle', 'Feature')
    const anyInput = fc.oneof(
      fc.anything(),
      fc.record({ type: anyType, coordinates: fc.anything(), center: fc.anything(), radius: fc.anything() }),
      fc.record({
        type: anyType,
        coordinates: fc.array(fc.array(fc.array(fc.array(fc.double({ min: -3, max: 60 }))))),
      }),
      fc.record({ type: anyType, coordinates: fc.array(fc.array(fc.array(fc.double({ min: -3, max: 60 })))) }),
    )
    fc.assert(
      fc.property(anyInput, input => {
        for (const problem of problemsOf(input)) {
          expect(problem.detail.length).toBeGreaterThan(20)
          expect(problem.path).toMatch(/^(\/[a-z]+(\/\d+)*)?$/)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('random outlines exactly when Turf finds kinks in them', () => {
    // Whole numbers with room between them: Turf takes points that are all but the same for a kink.
    const anyStep = fc.integer({ min: 0, max: 100_000 }).map(step => step / 10_000)
    const anyPoints = fc.uniqueArray(fc.tuple(anyStep, anyStep), { minLength: 4, maxLength: 7, selector: String })
    fc.assert(
      fc.property(anyPoints, points => {
        const coordinates = [ring(...points)]
        const problems = problemsOf({ type: 'Polygon', coordinates })
        fc.pre(problems.every(({ code, detail }) => code === 'self-crossing' && detail.includes('crosses')))
        expect(problems.length > 0).toBe(kinks({ type: 'Polygon', coordinates }).features.length > 0)
      }),
      { numRuns: 1_000 },
    )
  })

  it(`no more than ${MAX_PROBLEMS} times, and says that there is more`, () => {
    const scribble = Array.from({ length: 200 }, (_, i): [number, number] => [(i * 37) % 101, (i * 53) % 97])
    const crossings = problemsOf(polygon(ring(...scribble)))
    expect(crossings).toHaveLength(MAX_PROBLEMS + 1)
    expect(crossings.at(-1)).toMatchObject({ code: 'more-problems', path: '' })
    const noNumbers = problemsOf(polygon(Array.from({ length: 200 }, () => ['x', 'y'])))
    expect(noNumbers).toHaveLength(MAX_PROBLEMS + 1)
  })
})
