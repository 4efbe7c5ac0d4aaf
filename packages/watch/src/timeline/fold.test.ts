import { asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { aCondition, aContext, aFix, MINUTE, SECOND, told, Watcher, walk } from '../testing/timeline.fixture.ts'

const BREACH = 'exclusion-breach'

describe('an impossible jump', () => {
  it('of one fix 100 km away is set aside and changes nothing', () => {
    const [plain, jumped] = [new Watcher(), new Watcher()]
    const fixes = walk([900, 100, 100, 100, 100])
    const astray = aFix({ at: 90 * SECOND, east: 100_000 })
    const said = jumped.see(...fixes.slice(0, 2), astray, ...fixes.slice(2))
    expect(said.filter(({ type }) => type === 'set-aside')).toEqual([
      { type: 'set-aside', activationId: '5', measuredAt: astray.measuredAt, seq: 0, reason: 'impossible-jump' },
    ])
    expect(told(said)).toEqual(told(plain.see(...fixes)))
    expect(jumped.state.timeline.last).toEqual(plain.state.timeline.last)
    expect(jumped.state.timeline.doubted).toBeNull()
  })

  it('into a zone raises nothing until another fix agrees', () => {
    const watcher = new Watcher()
    const [astray, agreeing] = [aFix({ at: MINUTE, east: 0 }), aFix({ at: 2 * MINUTE, east: 10 })]
    expect(told(watcher.see(aFix({ at: 0, east: 50_000 }), astray))).toEqual([])
    expect(told(watcher.see(agreeing))).toEqual([`raised ${BREACH} possible`])
  })

  it('of two fixes that do not agree with each other either leaves the wearer where he was', () => {
    const watcher = new Watcher()
    watcher.see(...walk([100, 100, 100]))
    watcher.see(aFix({ at: 3 * MINUTE, east: 90_000 }), aFix({ at: 4 * MINUTE, east: -90_000 }))
    expect(told(watcher.see(aFix({ at: 5 * MINUTE, east: 100 })))).toEqual([])
    expect(watcher.state.timeline.last?.at).toBe(aFix({ at: 5 * MINUTE }).measuredAt)
  })
})

describe('a timeline', () => {
  it('drops what it remembers of a condition that the register no longer has', () => {
    const watcher = new Watcher()
    watcher.see(...walk([100, 100, 100]))
    watcher.context = aContext(aCondition({ conditionId: asId('8') }))
    expect(told(watcher.see(aFix({ at: 3 * MINUTE, east: 900 })))).toEqual([`disproved ${BREACH} confirmed disproved`])
    expect(watcher.state.timeline.zones).toEqual([])
  })

  it('names at most 16 fixes, the newest', () => {
    const watcher = new Watcher()
    watcher.see(...walk(Array(30).fill(100)))
    const [ended] = watcher.see(...walk([900, 900], { at: 30 * MINUTE }))
    expect(ended?.type === 'incident' && ended.reason.fixes.length).toBe(16)
  })
})
