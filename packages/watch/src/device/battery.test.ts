import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE, START, TagStory, textsOf } from './device.fixture.ts'

const emptyAtMin = (tag: TagStory) =>
  tag.views().map(({ reason }) => ('emptyAt' in reason && reason.emptyAt ? (reason.emptyAt - START) / MINUTE : null))

/** From 100 % down by one every `everyMin`. */
const falling = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => from - i)

describe('the level of a battery', () => {
  it('goes from warning to critical to dead within one incident, told at each step', () => {
    const tag = new TagStory()
    expect(tag.fix(0, 21)).toEqual([])
    expect(tag.fix(60, 20)).toEqual(['battery warning confirmed from 60'])
    expect(textsOf(tag.views())).toEqual(['The battery is low at 20 %.'])
    expect(tag.fix(61, 19.6)).toEqual([])
    expect(tag.fix(600, 10)).toEqual(['battery serious confirmed from 60'])
    expect(textsOf(tag.views())).toEqual(['The battery is critical at 10 %: it must be charged now.'])
    expect(tag.fix(601, 12)).toEqual([])
    expect(tag.fix(700, 0)).toEqual(['battery serious confirmed from 60'])
    expect(textsOf(tag.views())).toEqual(['The battery is empty.'])
  })

  it('clearly above the warning again ends it, a little above does not', () => {
    const tag = new TagStory()
    tag.fix(0, 20)
    expect(tag.fix(1, 24)).toEqual([])
    expect(tag.fix(2, 25)).toEqual(['battery warning confirmed from 0 to 2 restored'])
  })

  it('that rose ends it as charging, however low it still is, and sinking again joins it soon after', () => {
    const tag = new TagStory()
    tag.fix(0, 3)
    expect(tag.fix(5, 8)).toEqual(['battery serious confirmed from 0 to 5 restored'])
    expect(tag.fix(6, 8)).toEqual([])
    expect(tag.fix(7, 9)).toEqual([])
    expect(tag.fix(8, 8)).toEqual(['battery serious confirmed from 0, 2 times'])
  })

  it('of the same second is read once', () => {
    const tag = new TagStory()
    tag.fix(0, 50)
    const { battery } = tag.state
    tag.fix(0, 49)
    expect(tag.state.battery).toBe(battery)
  })
})

describe('the charger', () => {
  it('ends the incident, and nothing is low while it charges', () => {
    const tag = new TagStory()
    tag.fix(0, 5)
    expect(tag.event('charging', 1)).toEqual(['battery serious confirmed from 0 to 1 restored'])
    expect(tag.event('battery-low', 2, 5)).toEqual([])
    expect(tag.fix(3, 7)).toEqual([])
    expect(tag.fix(4, 6)).toEqual([])
    expect(tag.event('uncharging', 30, 15)).toEqual(['battery warning confirmed from 30'])
  })

  it('is not believed when the level falls all the same', () => {
    const tag = new TagStory()
    tag.event('charging', 0, 24)
    expect(tag.fix(10, 25)).toEqual([])
    expect(tag.fix(20, 21)).toEqual([])
    expect(tag.fix(30, 20)).toEqual(['battery warning confirmed from 30'])
    expect(tag.state.battery.charging).toBe(null)
  })
})

describe('the word of the tag', () => {
  it('counts without a level, and holds until the battery is charged', () => {
    const tag = new TagStory()
    expect(tag.event('battery-low', 0)).toEqual(['battery warning confirmed from 0'])
    expect(textsOf(tag.views())).toEqual(['The battery is low.'])
    expect(tag.fix(1, 30)).toEqual([])
    expect(tag.event('battery-critical', 2)).toEqual(['battery serious confirmed from 0'])
    expect(tag.event('battery-low', 3)).toEqual([])
    expect(tag.event('charging', 4)).toEqual(['battery serious confirmed from 0 to 4 restored'])
  })
})

describe('the forecast', () => {
  it('says from its own trend when the battery will be empty, well ahead and above the warning', () => {
    const tag = new TagStory()
    // One per cent every three minutes from 100 %: empty after 300 minutes, at 60 % at 120, at 40 % two hours before the end.
    expect(tag.levels(0, 3, falling(100, 41))).toEqual([])
    expect(tag.fix(180, 40)).toEqual(['battery warning possible from 180'])
    expect(emptyAtMin(tag)).toEqual([300])
    expect(textsOf(tag.views())).toEqual(['By its trend the battery, last at 41 %, will soon be empty.'])
    expect(tag.levels(183, 3, falling(39, 21))).toEqual([])
    expect(tag.fix(240, 20)).toEqual(['battery warning confirmed from 180'])
    expect(emptyAtMin(tag)).toEqual([300])
  })

  it('comes near and comes true by the clock alone, and is taken back when the tag speaks after all', () => {
    const tag = new TagStory()
    tag.levels(0, 3, falling(100, 60))
    expect(tag.until(179)).toEqual([])
    expect(tag.until(180)).toEqual(['battery warning possible from 180'])
    expect(textsOf(tag.views())).toEqual(['By its trend the battery, last at 60 %, will soon be empty.'])
    expect(tag.until(299)).toEqual([])
    expect(tag.until(300)).toEqual(['battery serious possible from 180'])
    expect(textsOf(tag.views())).toEqual([
      'By its trend the battery is empty by now, and nothing has been heard since.',
    ])
    expect(tag.until(301)).toEqual([])
    expect(tag.fix(310)).toEqual(['battery warning possible from 180'])
    expect(emptyAtMin(tag)).toEqual([null])
    expect(tag.fix(311, 30)).toEqual(['battery warning possible from 180'])
    expect(emptyAtMin(tag)).not.toEqual([null])
  })

  it('is not made of a coarse gauge that fell by one step, nor carried on for long from a short time', () => {
    const tag = new TagStory()
    tag.levels(0, 1, [50, 50, 50, 40, 40])
    expect(tag.state.battery.emptyAt).toBe(null)
    const other = new TagStory()
    other.levels(0, 1, [90, 89, 88])
    expect(other.state.battery.emptyAt).toBe(null)
  })

  it('is not made of a level that rises a little', () => {
    const tag = new TagStory()
    tag.levels(0, 10, [50, 51, 52, 53])
    expect(tag.state.battery.emptyAt).toBe(null)
  })

  it('ends the incident that it raised when the battery lasts after all', () => {
    const tag = new TagStory()
    tag.levels(0, 3, falling(60, 40))
    expect(tag.views()).toHaveLength(1)
    const told = Array.from({ length: 60 }, (_, i) => tag.fix(90 + i * 10, 40 - i / 20)).flat()
    expect(told.at(-1)).toMatch(/^battery warning possible from \d+ to \d+ restored$/)
    expect(told.length).toBeLessThan(6)
  })

  it('is told again only when it moved by much', () => {
    const tag = new TagStory()
    tag.levels(0, 6, falling(100, 21))
    expect(tag.fix(480, 20)).toEqual(['battery warning confirmed from 480'])
    const told = Array.from({ length: 60 }, (_, i) => tag.fix(490 + i * 5, 20 - i * 0.01)).flat()
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThan(6)
  })

  it('begins again with the charger', () => {
    const tag = new TagStory()
    tag.levels(0, 3, falling(100, 60))
    tag.event('charging', 130)
    expect(tag.state.battery.emptyAt).toBe(null)
    expect(tag.until(10_000)).toEqual([])
  })

  it('of days is made of few readings that cover all of them', () => {
    const tag = new TagStory()
    for (let i = 0; i < 3 * 24 * 6; i++) tag.fix(i * 10, 100 - i * 0.15)
    const { trend, emptyAt } = tag.state.battery
    const readings = trend?.readings ?? []
    expect(readings.length).toBeLessThanOrEqual(7)
    expect(readings[0]).toEqual([0, 100])
    expect(Math.max(...readings.slice(1).map(([afterS], i) => afterS - (readings[i]?.[0] ?? 0)))).toBeLessThan(86_400)
    // Levels are read to a tenth of a per cent: the forecast is off by less than the battery takes to fall by as much.
    expect(Math.abs((emptyAt ?? 0) - START - (100 / 0.9) * HOUR)).toBeLessThan((0.1 / 0.9) * HOUR)
    expect(tag.views()).toEqual([])
    expect(JSON.stringify(tag.state).length).toBeLessThan(330)
  })
})
