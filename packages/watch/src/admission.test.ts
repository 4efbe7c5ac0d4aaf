import { describe, expect, it } from 'vitest'
import { refusalOf } from './admission.ts'
import { createWatchContext } from './context/watch-context.ts'
import { judgeAll, wrapEvent, wrapFix } from './judge.ts'
import { emptyState } from './state.ts'
import { aFix, anEvent, aRegister, HOUR, MINUTE, START } from './testing/timeline.fixture.ts'

const register = aRegister([])
const context = createWatchContext({
  ...register,
  activation: { ...register.activation, from: START, to: START + HOUR },
})

describe('a fix takes no part', () => {
  it('when it was measured before the activation or at its end and after', () => {
    const refused = [-1, 0, HOUR - 1, HOUR].map(at => refusalOf(wrapFix(aFix({ at })), context))
    expect(refused).toEqual(['before-activation', undefined, undefined, 'after-activation'])
    expect(refusalOf(wrapFix(aFix({ at: 900 * HOUR })), createWatchContext(register))).toBeUndefined()
  })

  it('when it claims to be measured well after it was received', () => {
    const at = 10 * MINUTE
    const { futureMs } = context.policies.at(START)
    expect(refusalOf(wrapFix(aFix({ at, receivedAt: START + at - futureMs })), context)).toBeUndefined()
    expect(refusalOf(wrapFix(aFix({ at, receivedAt: START + at - futureMs - 1 })), context)).toBe('future')
  })

  it('and is said to be set aside, where an event that takes none is only left out', () => {
    const refused = [wrapFix(aFix({ at: -MINUTE })), wrapEvent(anEvent(-MINUTE, 'strap-cut'))]
    const { state, judgements } = judgeAll(emptyState(), refused, context)
    expect(judgements).toMatchObject([{ type: 'set-aside', reason: 'before-activation', measuredAt: START - MINUTE }])
    expect(state.timeline.at).toBeNull()
  })
})
