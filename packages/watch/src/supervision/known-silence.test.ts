import { describe, expect, it } from 'vitest'
import { knownSilence } from './known-silence.ts'

const NONE = { suspension: null, onPass: false, nearBeacon: false, charging: false }

describe('a silence is known', () => {
  it.each([
    [{}, null],
    [{ charging: true }, { kind: 'charging', detail: 'charging' }],
    [{ nearBeacon: true }, { kind: 'beacon', detail: 'near the home beacon' }],
    [
      { nearBeacon: true, charging: true },
      { kind: 'beacon', detail: 'charging near the home beacon' },
    ],
    [
      { onPass: true, nearBeacon: true },
      { kind: 'pass', detail: 'on a pass' },
    ],
    [
      { suspension: 'in hospital', onPass: true },
      { kind: 'suspended', detail: 'in hospital' },
    ],
  ])('by what people decided before what the tag says: %o', (causes, expected) => {
    expect(knownSilence({ ...NONE, ...causes })).toEqual(expected)
  })
})
