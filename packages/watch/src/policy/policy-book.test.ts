import { asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, defaultPolicy } from './policy.ts'
import { openPolicyBook } from './policy-book.ts'

const zone = asId<Parameters<ReturnType<typeof openPolicyBook>['ofZone']>[1]>('70')

describe('the policies of a wearer', () => {
  it('begin with the software’s own', () => {
    const book = openPolicyBook([], 'standard')
    expect(book.at(0)).toEqual(defaultPolicy)
    expect(book.ofZone(0, zone)).toEqual(defaultPolicy)
    expect(book.at(Number.NaN).version).toBe(1)
  })

  it('are each in force from its time until the next, in whatever order they are given', () => {
    const versions = [
      { version: 3, from: 200, defaults: { possibleProbability: 0.9 } },
      { version: 2, from: 100, defaults: { exitFixes: 5 } },
    ]
    const book = openPolicyBook(versions, 'standard')
    expect([99, 100, 199, 200].map(at => book.at(at).version)).toEqual([1, 2, 2, 3])
    expect(book.at(150)).toMatchObject({ exitFixes: 5, possibleProbability: DEFAULT_SETTINGS.possibleProbability })
    // a version names what it changes of the defaults, not of the version before
    expect(book.at(250)).toMatchObject({ exitFixes: DEFAULT_SETTINGS.exitFixes, possibleProbability: 0.9 })
  })

  it('of two of one moment the later made holds', () => {
    const versions = [
      { version: 2, from: 100 },
      { version: 3, from: 100 },
    ]
    expect(openPolicyBook(versions, 'standard').at(100).version).toBe(3)
  })

  it('put the zone before the risk, and the risk before the defaults', () => {
    const version = {
      version: 2,
      from: 0,
      defaults: { exitFixes: 3, exitMs: 3, graceMs: 3 },
      risks: { critical: { exitFixes: 4, exitMs: 4 } },
      zones: { 70: { exitFixes: 5 } },
    }
    const critical = openPolicyBook([version], 'critical')
    expect(critical.ofZone(0, zone)).toMatchObject({ version: 2, exitFixes: 5, exitMs: 4, graceMs: 3 })
    expect(critical.ofZone(0, asId('71'))).toMatchObject({ exitFixes: 4, exitMs: 4 })
    expect(openPolicyBook([version], 'high').at(0)).toMatchObject({ exitFixes: 3 })
  })

  it('hear of silence sooner the higher the risk', () => {
    const graces = (['standard', 'high', 'critical'] as const).map(risk => openPolicyBook([], risk).at(0).graceMs)
    expect(graces).toEqual([...graces].sort((a, b) => b - a))
    expect(new Set(graces).size).toBe(3)
  })
})
