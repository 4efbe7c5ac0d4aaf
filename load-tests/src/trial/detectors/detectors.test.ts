import { describe, expect, it } from 'vitest'
import { createFrame } from '../ground/frame.ts'
import { rectangle } from '../ground/shape.ts'
import { createChance } from '../noise/chance.ts'
import { VARIANTS } from '../noise/variants.ts'
import { condition, type Delivery, hours, minutes, scenario } from '../scenario.ts'
import { deliver } from '../way/deliver.ts'
import { measureWay } from '../way/measure-way.ts'
import { wayFrom } from '../way/way.ts'
import { prepareCordon } from './cordon.ts'
import { preparePointCounter } from './count-points.ts'

/** In the zone, 200 m deep, from 1 h on for half an hour. */
const way = wayFrom(-1_000, 0)
  .stays(hours(1), 'open')
  .goes(5, 'open', [200, 0])
  .stays(minutes(30), 'open')
  .goes(5, 'open', [-1_000, 0])
  .stays(hours(1), 'open')
  .done()

function runOf(delivery: Delivery) {
  const made = scenario({
    id: 'a-test',
    title: '',
    theme: '',
    way,
    conditions: [condition('exclusion', rectangle(0, -200, 400, 200))],
    delivery,
  })
  const measuring = { frame: createFrame(made.anchor), intervalS: 60, variant: VARIANTS['gauss-markov'] }
  const fixes = measureWay(made, { ...measuring, chance: createChance(1) })
  return { made, arrivals: deliver(made, fixes, createChance(2)) }
}

const prompt = runOf({ order: 'prompt' })
const extentOf = ({ from, to }: { from: number; to: number | null }) => [from, to]

describe('point counting', () => {
  it('raises one alarm for a visit, at its first or its fifth point', () => {
    const [first] = preparePointCounter(prompt.made, 1)(prompt.arrivals).told
    const [fifth] = preparePointCounter(prompt.made, 5)(prompt.arrivals).told
    expect(first?.to).toBe(fifth?.to)
    expect(Math.round(((fifth?.toldAt ?? 0) - (first?.toldAt ?? 0)) / 60_000)).toBe(4)
  })

  it('raises one after the other when points come in no order', () => {
    const { made, arrivals } = runOf({ order: 'mixed', gaps: [{ fromS: minutes(40), toS: hours(2) }] })
    expect(preparePointCounter(made, 1)(arrivals).told.length).toBeGreaterThan(3)
  })
})

describe('our engine', () => {
  const deliveries: Delivery[] = [
    { order: 'newest-first', gaps: [{ fromS: minutes(40), toS: hours(2) }] },
    { order: 'mixed', gaps: [{ fromS: minutes(70), toS: minutes(90) }] },
    { order: 'repeated', times: 3 },
  ]
  it.each(deliveries)('ends with the same incident whatever the order: $order', delivery => {
    const { made, arrivals } = runOf(delivery)
    const [expected] = prepareCordon(prompt.made, {})(prompt.arrivals).told
    // beside it, silence: the tag is not heard of in the gap and after the end
    const told = prepareCordon(made, {})(arrivals).told.filter(({ conditionId }) => conditionId !== null)
    expect(told.map(extentOf)).toEqual([expected && extentOf(expected)])
    expect(told[0]).toMatchObject({ kind: 'exclusion-breach', certainty: 'confirmed', isDisproved: false })
  })

  it('is given the settings that are tried', () => {
    const blind = prepareCordon(prompt.made, { worstAccuracyM: 1 })
    expect(blind(prompt.arrivals).told.filter(({ conditionId }) => conditionId !== null)).toEqual([])
  })
})
