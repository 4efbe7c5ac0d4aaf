import { describe, expect, it } from 'vitest'
import { type DeviceState, eventsBetween } from './device-events.ts'

const state = (isHome: boolean, isCharging: boolean, batteryPercent = 80): DeviceState => ({
  ...{ isHome, isCharging, batteryPercent },
})

describe('eventsBetween', () => {
  it('tells what holds when a tag is switched on', () => {
    expect(eventsBetween(undefined, state(true, false))).toEqual(['beacon-near'])
    expect(eventsBetween(undefined, state(true, true, 10))).toEqual(['beacon-near', 'charging'])
    expect(eventsBetween(undefined, state(false, false))).toEqual([])
  })

  it('tells each change once', () => {
    expect(eventsBetween(state(true, false), state(false, false))).toEqual(['beacon-away'])
    expect(eventsBetween(state(true, true), state(true, false))).toEqual(['uncharging'])
    expect(eventsBetween(state(true, false, 20), state(true, false, 19))).toEqual(['battery-low'])
    expect(eventsBetween(state(true, false, 19), state(true, false, 18))).toEqual([])
    expect(eventsBetween(state(true, false), state(true, false))).toEqual([])
  })
})
