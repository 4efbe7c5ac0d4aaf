import { describe, expect, it } from 'vitest'
import { type DeviceState, eventsBetween } from './device-events.ts'

const state = (
  isNearBeacon: boolean,
  isCharging: boolean,
  batteryPercent = 80,
  more: Partial<DeviceState> = {},
): DeviceState => ({
  ...{ isOn: true, isNearBeacon, isCharging, batteryPercent, isStrapCut: false, isCaseOpen: false, ...more },
})

describe('eventsBetween', () => {
  it('tells what holds when a tag is switched on', () => {
    expect(eventsBetween(undefined, state(true, false))).toEqual(['beacon-near'])
    expect(eventsBetween(undefined, state(true, true, 5))).toEqual(['beacon-near', 'charging'])
    expect(eventsBetween(undefined, state(false, false))).toEqual([])
  })

  it('tells each change once', () => {
    expect(eventsBetween(state(true, false), state(false, false))).toEqual(['beacon-away'])
    expect(eventsBetween(state(true, true), state(true, false))).toEqual(['uncharging'])
    expect(eventsBetween(state(true, false, 20), state(true, false, 19))).toEqual(['battery-low'])
    expect(eventsBetween(state(true, false, 19), state(true, false, 18))).toEqual([])
    expect(eventsBetween(state(true, false), state(true, false))).toEqual([])
  })

  it('tells of the strap that it is cut and restored, of the case only that it was opened', () => {
    const [whole, cut, open] = [
      state(false, false),
      state(false, false, 80, { isStrapCut: true }),
      state(false, false, 80, { isCaseOpen: true }),
    ]
    expect(eventsBetween(whole, cut)).toEqual(['strap-cut'])
    expect(eventsBetween(cut, whole)).toEqual(['strap-restored'])
    expect(eventsBetween(whole, open)).toEqual(['case-open'])
    expect(eventsBetween(open, whole)).toEqual([])
  })

  it('tells that the tag is switched off, and nothing more until it is on again', () => {
    const off = state(false, false, 80, { isOn: false })
    expect(eventsBetween(state(true, false), off)).toEqual(['power-off'])
    expect(eventsBetween(off, { ...off, isStrapCut: true })).toEqual([])
    expect(eventsBetween(off, state(true, false))).toEqual(['power-on', 'beacon-near'])
  })

  it('tells of a battery that falls that it is low, and then that it is critical', () => {
    expect(eventsBetween(state(false, false, 10), state(false, false, 9))).toEqual(['battery-critical'])
    expect(eventsBetween(state(false, false, 25), state(false, false, 5))).toEqual(['battery-low', 'battery-critical'])
    expect(eventsBetween(state(false, true, 20), state(false, true, 9))).toEqual([])
  })
})
