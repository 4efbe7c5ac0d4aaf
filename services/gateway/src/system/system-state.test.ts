import type { LiveSight, LiveSystem } from '@cordon/contract'
import { createFakeClock } from '@cordon/testkit'
import { describe, expect, it } from 'vitest'
import { createSystemState } from './system-state.ts'

const HOUR = 3_600_000
const sight: LiveSight = {
  ...{ oldestHeldSeconds: 0, notKeptSince: null, brokerAwaySeconds: 0, databaseAwaySeconds: 0, fullSince: null },
  ...{ silentSeconds: 0.2, silentLimitSeconds: 8, tagsExpected: 200, newestFixAt: null, provisional: 0 },
}

/** A gateway to which all is well, and the time of which the test makes. */
function aGateway() {
  const clock = createFakeClock()
  let elapsedMs = 0
  const system = createSystemState({ name: 'gateway-1', clock, elapsed: () => elapsedMs })
  system.broker(true)
  const beat = (over: Partial<LiveSystem> = {}, aheadMs = 0) =>
    system.heard({
      ...{ ingest: 'ingest-1', lagSeconds: 0.1, fixesPerSecond: 3, inFlight: 0, database: true, sight },
      at: new Date(clock.now() + aheadMs).toISOString(),
      ...over,
    })
  beat()
  return {
    ...{ clock, system, beat },
    pass: (ms: number) => {
      elapsedMs += ms
      clock.advance(ms)
    },
    /** What operators are told of each feed that is not up. */
    told: () => {
      system.refresh()
      return Object.entries(system.feeds()).flatMap(([feed, { state, detail }]) =>
        state === 'up' ? [] : [`${feed} ${state}: ${detail}`],
      )
    },
    parts: () => {
      system.refresh()
      return system
        .findings()
        .flatMap(({ part, severity, isConsequence }) => (isConsequence ? [] : [`${part} ${severity}`]))
    },
  }
}

describe('what operators are told of the system', () => {
  it('what a full broker threw away, as its own fault and not one of ingest', () => {
    const { told, parts, system } = aGateway()
    for (const value of [2, 7]) system.brokerCount({ what: 'dropped', value })
    expect(told()).toEqual([expect.stringMatching(/^broker down: .* thrown away 5 messages/)])
    expect(parts()).toEqual(['broker critical'])
  })

  it('is nothing while all is well', () => {
    expect(aGateway().told()).toEqual([])
  })

  it('an ingest that was killed is late after three seconds, gone after eight, and missed until it is back', () => {
    const { pass, told, beat, system } = aGateway()
    pass(4_000)
    system.database(true)
    expect(told()).toEqual([expect.stringContaining('ingest late: ingest-1 is silent')])
    pass(5_000)
    system.database(true)
    expect(told()).toEqual([expect.stringContaining('ingest down: ingest-1 is silent')])
    expect(Date.parse(system.feeds().ingest.since)).toBe(Date.UTC(2026, 10, 22, 6))
    pass(10 * HOUR)
    system.database(true)
    beat({ ingest: 'ingest-2' })
    expect(told()).toEqual([expect.stringContaining('ingest-1 is silent')])
    beat()
    expect(told()).toEqual([])
  })

  it('of a tag gone mad how many there are, and not which: every officer reads it', () => {
    const { told, parts, beat } = aGateway()
    beat({ sight: { ...sight, tagsRefused: 2 } })
    expect(told()).toEqual([expect.stringMatching(/^tags late: 2 tags send more than ingest-1 keeps of one/)])
    expect(parts()).toEqual(['ingest-1 tags serious'])
    beat()
    expect(told()).toEqual([])
  })

  it('an ingest that says goodbye is not missed, unless it was the last', () => {
    const { pass, told, beat, system } = aGateway()
    beat({ ingest: 'ingest-2' })
    beat({ stopping: true })
    pass(2_000)
    expect(told()).toEqual([])
    beat({ ingest: 'ingest-2', stopping: true })
    expect(told()).toEqual([expect.stringContaining('no ingest has been heard')])
    system.expectIngest('ingest-7')
    pass(9_000)
    system.database(true)
    expect(told()).toEqual([expect.stringContaining('ingest-7 is silent')])
  })

  it.each([
    [{ fullSince: '2026-11-22T06:00:00.000Z' }, 'ingest down: ingest-1 is blind for new fixes since 2026-11-22T06:00'],
    [{ brokerAwaySeconds: 4 }, 'ingest down: ingest-1 has no connection to the broker'],
    [{ databaseAwaySeconds: 6 }, 'ingest late: the database does not answer ingest-1'],
    [{ silentSeconds: 9 }, 'fixes down: ingest-1 receives nothing from any tag, although 200 are expected'],
  ])('of an ingest that says %o: %s', (over, words) => {
    const { beat, told } = aGateway()
    beat({ sight: { ...sight, ...over } })
    expect(told()).toEqual([expect.stringContaining(words)])
  })

  it('no silence of tags is told while none are expected, or where the reason is another', () => {
    const { beat, told } = aGateway()
    beat({ sight: { ...sight, silentSeconds: 900, silentLimitSeconds: null } })
    expect(told()).toEqual([])
    beat({ sight: { ...sight, silentSeconds: 900, brokerAwaySeconds: 900 } })
    expect(told()).toEqual([expect.stringContaining('no connection to the broker')])
  })

  it('a log that cannot be read, or not in time, is told, and what comes of it is one fault', () => {
    const { beat, system, pass, told, parts } = aGateway()
    system.database(false)
    beat({ database: false })
    expect(told()).toEqual([
      expect.stringContaining('database down: the incident log cannot be read'),
      expect.stringContaining('ingest down: ingest-1 has no database'),
    ])
    expect(parts()).toEqual(['database critical'])
    system.database(true)
    beat()
    pass(6_000)
    beat()
    expect(told()).toEqual([expect.stringContaining('database late')])
    pass(6_000)
    beat()
    expect(told()).toEqual([expect.stringContaining('database down')])
  })

  it('a broker that is away is one fault too', () => {
    const { system, told, parts, pass } = aGateway()
    system.broker(false)
    pass(9_000)
    system.database(true)
    expect(told()).toHaveLength(2)
    expect(parts()).toEqual(['broker critical'])
  })
})

describe('a clock that is wrong', () => {
  it.each([
    [HOUR, 'clocks late: the clock of ingest-1 differs by 3600 s: it is ahead'],
    [-HOUR, 'clocks down: the clock of ingest-1 differs by 3600 s: it is behind, and sets fixes aside'],
  ])('of ingest, by %i ms, is told as that, and not as a lag', (aheadMs, words) => {
    const { beat, told } = aGateway()
    beat({ lagSeconds: 3_600 }, aheadMs)
    expect(told()).toEqual([expect.stringContaining(words)])
  })

  it('makes no dead ingest look alive and no live one dead', () => {
    const { beat, told, clock, pass, system } = aGateway()
    pass(9_000)
    system.database(true)
    for (const step of [-HOUR, 2 * HOUR, -HOUR]) {
      clock.advance(step)
      expect(told().filter(words => words.startsWith('ingest'))).toEqual([expect.stringContaining('is silent')])
    }
    beat()
    clock.advance(HOUR)
    beat()
    expect(told()).toEqual([])
  })

  it('of this gateway is told by the database, and ingest is not blamed for it', () => {
    const { beat, told, clock, system } = aGateway()
    clock.advance(HOUR)
    system.databaseTime(clock.now() - HOUR)
    beat({}, -HOUR)
    expect(told()).toEqual(['clocks late: the clock of gateway-1 differs by 3600 s: it is ahead'])
  })
})
