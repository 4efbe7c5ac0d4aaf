import { describe, expect, it } from 'vitest'
import { DEFAULT_RISKS, defaultPolicy } from '../policy/policy.ts'
import { at, CONTEXT, MINUTE, PLAN, Service, START, SUSPENDED } from './silence.fixture.ts'
import { allowedSilenceMs, hear, isQuiet, listen, silenceView } from './silence.ts'

describe('a tag', () => {
  it('quiet for as long as its plan allows is silent since it was last heard, and ends that with its next report', () => {
    const service = new Service().tick(3).hear().tick(14)
    expect(service.told).toEqual([])
    service.tick(10).hear().tick(5)
    expect(service.told).toEqual(['18: warning since 3', '27: warning since 3 restored at 27'])
    expect(service.state.silent).toBe(null)
    service.tick(10)
    expect(service.told.at(-1)).toBe('42: warning since 27')
  })

  it('that was heard again is spoken of no more by the next tick', () => {
    const { state } = new Service().tick(20).hear()
    expect(silenceView(state)?.conclusion).toBe('restored')
    const { state: next, view } = listen(state, { at: at(21), listening: true }, CONTEXT)
    expect([next.silent, view]).toEqual([null, undefined])
  })

  it('never heard from is silent since it was fitted', () => {
    const service = new Service().tick(16)
    expect(service.told).toEqual(['16: warning since 0'])
    expect(silenceView(service.state)).toMatchObject({
      subject: 'silence',
      kind: 'silence',
      certainty: 'confirmed',
      happenedAt: START,
      receivedAt: START,
      reason: {
        text: 'Nothing was ever heard from the tag: a report is expected every 5 min, with 10 min of grace, and no reason is known.',
        policyVersion: 4,
        fixes: [],
        entries: 1,
      },
    })
  })

  it('is waited for by the longer of its intervals, and as closely as the risk of the order asks', () => {
    const plan = (risk: 'standard' | 'high' | 'critical') => ({ ...defaultPolicy, ...DEFAULT_RISKS[risk] })
    expect(allowedSilenceMs(plan('standard'))).toBe(15 * MINUTE)
    expect(allowedSilenceMs(plan('critical'))).toBe(5 * MINUTE)
    expect(allowedSilenceMs({ ...PLAN, fixIntervalMs: 30 * MINUTE })).toBe(40 * MINUTE)
    for (const [risk, severity, minute] of [
      ['standard', 'warning', 15],
      ['high', 'serious', 10],
      ['critical', 'critical', 5],
    ] as const) {
      const service = new Service().tick().hear()
      service.context = { ...CONTEXT, risk, plan: plan(risk) }
      expect(service.tick(30).told).toEqual([`${minute + 1}: ${severity} since 1`])
    }
  })

  it('of an order whose risk changes is as serious as that', () => {
    const service = new Service().tick(20)
    service.context = { ...CONTEXT, risk: 'critical' }
    expect(service.tick(3).told).toEqual(['16: warning since 0', '21: critical since 0'])
  })

  it('that was in trouble when it was last heard is silent after that', () => {
    const texts = (['strap', 'case', 'power', 'jamming', 'battery'] as const).map(after => {
      const service = new Service().hear()
      service.context = { ...CONTEXT, plan: { ...PLAN, fixIntervalMs: 0, uploadIntervalMs: 30_000 }, after }
      service.tick(15)
      return silenceView(service.state)?.reason.text
    })
    expect(texts).toMatchInlineSnapshot(`
      [
        "Nothing was heard from the tag after its strap was cut: a report is expected every 30 s, with 10 min of grace, and no reason is known.",
        "Nothing was heard from the tag after its case was opened: a report is expected every 30 s, with 10 min of grace, and no reason is known.",
        "Nothing was heard from the tag after power-off: a report is expected every 30 s, with 10 min of grace, and no reason is known.",
        "Nothing was heard from the tag after jamming was suspected: a report is expected every 30 s, with 10 min of grace, and no reason is known.",
        "Nothing was heard from the tag after its battery was low: a report is expected every 30 s, with 10 min of grace, and no reason is known.",
      ]
    `)
  })

  it('not yet fitted is not waited for', () => {
    const service = new Service()
    service.context = { ...CONTEXT, activation: { from: at(60), to: null } }
    expect(service.tick(74).told).toEqual([])
    expect(service.tick(1).told).toEqual(['75: warning since 60'])
  })

  it('whose activation ended is not waited for any more', () => {
    const service = new Service().tick(20)
    service.context = { ...CONTEXT, activation: { from: START, to: at(25) } }
    expect(service.tick(60).told).toEqual(['16: warning since 0', '25: warning since 0 lapsed at 25'])
    expect(service.state.silent).toBe(null)
  })
})

describe('a known silence', () => {
  it('is no incident but is known to be quiet, and when it is no longer known the clock begins anew', () => {
    const service = new Service().tick().hear()
    service.context = { ...CONTEXT, known: SUSPENDED }
    expect(service.tick(60).told).toEqual([])
    expect(isQuiet(service.state, PLAN)).toBe(true)
    service.context = CONTEXT
    service.tick(14)
    expect(isQuiet(service.state, PLAN)).toBe(false)
    expect(service.tick(2).told).toEqual(['76: warning since 61'])
  })

  it('of a tag never heard from begins anew as well', () => {
    const service = new Service()
    service.context = { ...CONTEXT, known: SUSPENDED }
    service.tick(60)
    service.context = CONTEXT
    expect(service.tick(15).told).toEqual(['75: warning since 60'])
  })

  it('begins anew even if nobody listened when it ended', () => {
    const service = new Service().tick()
    service.context = { ...CONTEXT, known: SUSPENDED }
    service.tick(60)
    service.context = CONTEXT
    service.listening = false
    service.tick()
    service.listening = true
    expect(service.tick(15).told).toEqual([])
    expect(service.tick().told).toEqual(['78: warning since 61'])
  })

  it('closes an incident that was raised before it was known', () => {
    const service = new Service().tick(20)
    service.context = { ...CONTEXT, known: SUSPENDED }
    expect(service.tick(30).told).toEqual(['16: warning since 0', '21: warning since 0 lapsed at 21'])
    service.context = CONTEXT
    expect(service.tick(16).told.at(-1)).toBe('65: warning since 50')
  })
})

describe('a service', () => {
  it('that restarts every four minutes still notices', () => {
    const service = new Service().tick().hear()
    for (let i = 0; i < 10; i++) service.tick(4).restart(2)
    expect(service.told).toEqual(['28: warning since 1'])
  })

  it('that was away for ten hours raises nothing when it is back, and after one plan of listening what is silent', () => {
    const service = new Service().tick().hear().tick(13).restart(600)
    expect(service.tick(15).told).toEqual([])
    expect(service.tick().told).toEqual([`${1 + 13 + 600 + 16}: warning since 1`])
  })

  it('stopped for hours and gone on with, in the same process, is no different', () => {
    const service = new Service().tick().hear().tick(13)
    service.minute += 180
    expect(service.tick(15).told).toEqual([])
    expect(service.tick().told).toHaveLength(1)
  })

  it('that is not connected to its feed hears no silence, and begins anew after as long as a plan', () => {
    const service = new Service().tick().hear().tick(13)
    service.listening = false
    service.tick(600)
    service.listening = true
    expect(service.tick(15).told).toEqual([])
    expect(service.tick().told).toHaveLength(1)
  })

  it('cut off for a moment forgets nothing', () => {
    const service = new Service().tick().hear().tick(13)
    service.listening = false
    service.tick(5)
    service.listening = true
    expect(service.tick(2).told).toEqual([])
    expect(service.tick().told).toHaveLength(1)
  })

  it('away for ten hours keeps what it raised before, quiet as it is', () => {
    const service = new Service().tick(20).restart(600).tick(1)
    expect(service.told).toEqual(['16: warning since 0'])
    expect(isQuiet(service.state, PLAN)).toBe(true)
  })

  it('whose clock is set back counts on from there', () => {
    const service = new Service().tick().hear().tick(10)
    service.context = { ...CONTEXT, activation: { from: at(-600), to: null } }
    service.minute -= 60
    expect(service.tick(5).told).toEqual([])
    expect(service.tick(1).told).toEqual(['-43: warning since 1'])
    expect(service.hear().told.at(-1)).toBe('-43: warning since 1 restored at 1')
    expect(service.state.heardAt).toBe(at(1))
    expect(service.tick(14).told).toHaveLength(2)
  })

  it('asked twice in a minute, or between two minutes, counts the same', () => {
    const once = new Service().tick().hear().tick(12)
    const often = new Service().tick().hear().tick(12, 0.25)
    expect(often.state.quietMs).toBe(once.state.quietMs)
    expect(listen(once.state, { at: at(once.minute), listening: true }, CONTEXT).state).toEqual(once.state)
  })

  it('that hears a report between two ticks counts from the report', () => {
    const service = new Service().tick(5)
    service.state = hear(service.state, at(5.75))
    expect(service.tick().state.quietMs).toBe(MINUTE / 4)
  })
})
