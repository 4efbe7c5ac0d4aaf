import { describe, expect, it } from 'vitest'
import { anEvent, isDefault, MINUTE, POLICY, START, TagStory, textsOf } from './device.fixture.ts'
import { freshDevice, isCharging, isNearBeacon, troubleOf } from './device-state.ts'
import { deviceViews, observeEvent } from './observe-device.ts'

it('is tested with the numbers that are the defaults', () => {
  expect(isDefault).toBe(true)
})

describe('the strap', () => {
  it('cut is critical at once, and ends when the tag reports it restored', () => {
    const tag = new TagStory()
    expect(tag.event('strap-cut', 0)).toEqual(['strap-tamper critical confirmed from 0'])
    expect(tag.until(24 * 60)).toEqual([])
    expect(tag.event('strap-restored', 30)).toEqual(['strap-tamper critical confirmed from 0 to 30 restored'])
    expect(tag.views()).toMatchObject([
      {
        subject: 'strap',
        happenedAt: START,
        receivedAt: START + 1_000,
        conditionId: null,
        reason: { fixes: [`${START}/0`, `${START + 30 * MINUTE}/30`], policyVersion: 3, beganAt: START },
      },
    ])
    expect(tag.until(41)).toEqual([])
    expect(tag.state.episodes).toEqual([])
  })

  it('cut again within ten minutes of being restored is the same incident, later another', () => {
    const tag = new TagStory()
    tag.event('strap-cut', 0)
    tag.event('strap-restored', 1)
    expect(tag.event('strap-cut', 11)).toEqual(['strap-tamper critical confirmed from 0, 2 times'])
    tag.event('strap-restored', 12)
    expect(tag.event('strap-cut', 23)).toEqual(['strap-tamper critical confirmed from 23'])
  })

  it('reported cut again and again counts once in ten minutes', () => {
    const tag = new TagStory()
    tag.event('strap-cut', 0)
    expect(Array.from({ length: 9 }, (_, i) => tag.event('strap-cut', i + 1)).flat()).toEqual([])
    expect(tag.event('strap-cut', 10)).toEqual(['strap-tamper critical confirmed from 0, 2 times'])
    expect(tag.event('strap-cut', 25)).toEqual(['strap-tamper critical confirmed from 0, 3 times'])
  })

  it('restored without having been cut is nothing', () => {
    expect(new TagStory().event('strap-restored', 0)).toEqual([])
  })

  it('names the last sixteen events, each once', () => {
    const tag = new TagStory()
    for (let i = 0; i < 40; i++) tag.event(i % 2 ? 'strap-restored' : 'strap-cut', i)
    const [view] = tag.views()
    expect(view?.reason.entries).toBe(20)
    expect(view?.reason.fixes).toEqual(Array.from({ length: 16 }, (_, i) => `${START + (i + 24) * MINUTE}/${i + 24}`))
  })
})

describe('the case', () => {
  it('opened is critical; the opening ends by the clock, and a later one is another', () => {
    const tag = new TagStory()
    expect(tag.event('case-open', 0)).toEqual(['case-tamper critical confirmed from 0'])
    expect(tag.event('case-open', 6)).toEqual([])
    expect(tag.until(16)).toEqual([])
    expect(tag.until(17)).toEqual(['case-tamper critical confirmed from 0 to 16 lapsed'])
    expect(textsOf(tag.views())).toEqual([
      'The case was opened, and not again since; whether it was closed the tag cannot say.',
    ])
    expect(tag.event('case-open', 20)).toEqual(['case-tamper critical confirmed from 20'])
  })

  it('opened twice with nothing in between tells the end of the first as well', () => {
    const tag = new TagStory()
    tag.event('case-open', 0)
    expect(tag.event('case-open', 600)).toEqual([
      'case-tamper critical confirmed from 0 to 10 lapsed',
      'case-tamper critical confirmed from 600',
    ])
  })
})

describe('the power', () => {
  it('off is serious, and ends with power-on or with whatever is measured later', () => {
    for (const back of ['power-on', 'beacon-near', 'fix'] as const) {
      const tag = new TagStory()
      expect(tag.event('power-off', 0)).toEqual(['power-off serious confirmed from 0'])
      expect(back === 'fix' ? tag.fix(5) : tag.event(back, 5)).toEqual([
        'power-off serious confirmed from 0 to 5 restored',
      ])
    }
  })

  it('off is not ended by what was measured at that very moment, unless it is power-on', () => {
    const tag = new TagStory()
    tag.event('power-off', 0)
    expect(tag.fix(0)).toEqual([])
    expect(tag.event('battery-critical', 0)).toEqual(['battery serious confirmed from 0'])
    expect(tag.event('power-on', 0)).toEqual(['power-off serious confirmed from 0 to 0 restored'])
  })

  it('off again while off is no sign of being on', () => {
    const tag = new TagStory()
    tag.event('power-off', 0)
    expect(tag.event('power-off', 1)).toEqual([])
    expect(tag.event('power-off', 11)).toEqual(['power-off serious confirmed from 0, 2 times'])
  })

  it('on without off is nothing', () => {
    expect(new TagStory().event('power-on', 0)).toEqual([])
  })
})

describe('jamming', () => {
  it('is a possible warning, told at most once in ten minutes, closed when ten minutes bring no other', () => {
    const tag = new TagStory()
    const told = Array.from({ length: 15 }, (_, i) => tag.event('jamming-suspected', i)).flat()
    expect(told).toEqual(['jamming warning possible from 0', 'jamming warning possible from 0, 2 times'])
    expect(tag.until(24)).toEqual([])
    expect(tag.until(25)).toEqual(['jamming warning possible from 0 to 24 unconfirmed, 2 times'])
    expect(tag.until(34)).toEqual([])
    expect(tag.views()).toHaveLength(1)
    tag.until(35)
    expect(tag.views()).toEqual([])
  })

  it('over and past in one step is still told as ended', () => {
    const tag = new TagStory()
    tag.event('jamming-suspected', 0)
    expect(tag.fix(500)).toEqual(['jamming warning possible from 0 to 10 unconfirmed'])
    expect(tag.state.episodes).toEqual([])
  })
})

describe('an event', () => {
  it('said twice is one, with whatever clock of receipt', () => {
    const event = anEvent('strap-cut', 0)
    const once = observeEvent(freshDevice, event, { ...POLICY, eventFoldMs: 0 })
    const twice = observeEvent(once.state, { ...event, receivedAt: event.receivedAt + 9_000 }, POLICY)
    expect(twice).toEqual({ state: once.state, views: [] })
  })

  it('of another kind, number or time is another', () => {
    const tag = new TagStory({ ...POLICY, eventFoldMs: 0 })
    tag.event('strap-cut', 0, null, 1)
    expect(tag.event('case-open', 0, null, 1)).toHaveLength(1)
    expect(tag.event('case-open', 0, null, 2)).toEqual(['case-tamper critical confirmed from 0, 2 times'])
    expect(tag.event('strap-cut', 1, null, 2)).toHaveLength(2)
  })
})

describe('what explains a silence', () => {
  it('is the home beacon, until the tag is away from it', () => {
    const tag = new TagStory()
    expect(isNearBeacon(tag.state)).toBe(false)
    tag.event('beacon-near', 0)
    expect(isNearBeacon(tag.state)).toBe(true)
    tag.event('beacon-away', 1)
    expect(isNearBeacon(tag.state)).toBe(false)
  })

  it('is the charger, by the word of the tag and not by its level alone', () => {
    const tag = new TagStory()
    tag.levels(0, 1, [30, 60])
    expect(tag.state.battery.charging).toBe('seen')
    expect(isCharging(tag.state)).toBe(false)
    tag.event('charging', 2)
    expect(isCharging(tag.state)).toBe(true)
    tag.event('uncharging', 3)
    expect(isCharging(tag.state)).toBe(false)
  })

  it('is none of these for a tag that is off or whose strap is cut', () => {
    for (const type of ['power-off', 'strap-cut'] as const) {
      const tag = new TagStory()
      tag.event('beacon-near', 0)
      tag.event('charging', 1)
      tag.event(type, 2)
      expect([isNearBeacon(tag.state), isCharging(tag.state)]).toEqual([false, false])
      tag.event(type === 'power-off' ? 'power-on' : 'strap-restored', 3)
      expect([isNearBeacon(tag.state), isCharging(tag.state)]).toEqual([true, true])
    }
  })
})

describe('what was wrong when the tag was last heard', () => {
  it('is the likeliest cause of a silence, and nothing that was restored', () => {
    const tag = new TagStory()
    expect(troubleOf(tag.state)).toBe(null)
    tag.event('jamming-suspected', 0)
    expect(troubleOf(tag.state)).toBe('jamming')
    tag.event('power-off', 1)
    expect(troubleOf(tag.state)).toBe('power')
    tag.event('power-on', 2)
    expect(troubleOf(tag.state)).toBe('jamming')
    tag.until(12)
    expect(troubleOf(tag.state)).toBe('jamming')
  })
})

describe('the texts', () => {
  it('are one sentence each, and say what is known', () => {
    const tag = new TagStory()
    tag.event('strap-cut', 0)
    tag.event('case-open', 0)
    tag.event('jamming-suspected', 0)
    tag.event('power-off', 0)
    expect(textsOf(tag.views())).toMatchInlineSnapshot(`
      [
        "The tag reports that its strap was cut or opened.",
        "The tag reports that its case was opened.",
        "The tag suspects that its signals are being jammed or shielded.",
        "The tag reports that it is being switched off.",
      ]
    `)
    tag.event('power-on', 1)
    tag.event('strap-restored', 1)
    tag.until(11)
    expect(textsOf(deviceViews(tag.state))).toMatchInlineSnapshot(`
      [
        "The strap was cut or opened; the tag reports it restored.",
        "The case was opened, and not again since; whether it was closed the tag cannot say.",
        "Jamming or shielding was suspected, and not again since.",
        "The tag was switched off and is on again.",
      ]
    `)
  })
})
