import { asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import {
  aCondition,
  aContext,
  incidentsIn,
  MINUTE,
  SECOND,
  START,
  told,
  Watcher,
  walk,
} from '../testing/timeline.fixture.ts'

const BREACH = 'exclusion-breach'
const away = (n: number) => Array<number>(n).fill(900)
const inside = (n: number) => Array<number>(n).fill(100)

describe('an exclusion zone', () => {
  it('is left by two fixes out that are 30 s apart, not by one, and the breach ends at its last fix inside', () => {
    const watcher = new Watcher()
    expect(told(watcher.see(...walk([...inside(3), 900, 100])))).toEqual([
      `raised ${BREACH} possible`,
      `changed ${BREACH} confirmed`,
    ])
    const left = watcher.see(...walk([900, 900], { at: 5 * MINUTE }))
    expect(told(left)).toEqual([`ended ${BREACH} confirmed left`])
    expect(incidentsIn(left)[0]).toMatchObject({ endedAt: START + 4 * MINUTE })
    expect(incidentsIn(left)[0]?.reason).toMatchObject({ entries: 1, fixesCounted: 4, insideMs: 2 * MINUTE })
  })

  it('is not left by two fixes out within the same seconds', () => {
    const watcher = new Watcher()
    watcher.see(...walk(inside(3)))
    const [first, second] = walk(away(2), { at: 3 * MINUTE })
    if (first === undefined || second === undefined) throw new TypeError('two fixes')
    expect(told(watcher.see(first, { ...second, measuredAt: first.measuredAt + 29 * SECOND }))).toEqual([])
    expect(told(watcher.see({ ...second, measuredAt: first.measuredAt + 30 * SECOND }))).toHaveLength(1)
  })

  it('entered again within 10 minutes is the same incident, with one more entry; later it is a new one', () => {
    const watcher = new Watcher()
    const first = watcher.see(...walk([...inside(3), ...away(3)]))
    const again = watcher.see(...walk(inside(1), { at: 8 * MINUTE }))
    expect(told(again)).toEqual([`changed ${BREACH} confirmed`])
    expect(incidentsIn(again)[0]).toMatchObject({ endedAt: null, conclusion: null, reason: { entries: 2 } })
    watcher.see(...walk(away(2), { at: 9 * MINUTE }))
    const late = watcher.see(...walk(inside(1), { at: 18 * MINUTE + SECOND }))
    expect(told(late)).toEqual([`raised ${BREACH} possible`])
    const ids = [first, again, late].map(said => incidentsIn(said)[0]?.episodeId)
    expect(ids[0]).toBe(ids[1])
    expect(ids[2]).not.toBe(ids[0])
  })

  it('a possible that is left closes itself as unconfirmed, and says why', () => {
    const watcher = new Watcher()
    const said = watcher.see(...walk([900, 185, 900, 900]))
    expect(told(said)).toEqual([`raised ${BREACH} possible`, `ended ${BREACH} possible unconfirmed`])
    expect(incidentsIn(said).at(-1)?.reason.text).toMatch(
      /^Never confirmed: 1 fix past the boundary.*Left: 2 fixes away/,
    )
  })

  it('a possible that stays in doubt closes itself after 15 minutes, a confirmed one does not', () => {
    const doubtful = Array<number>(20).fill(203)
    const watcher = new Watcher()
    expect(told(watcher.see(...walk([170])))).toEqual([`raised ${BREACH} possible`])
    const said = watcher.see(...walk(doubtful, { at: MINUTE, accuracyM: 20 }))
    expect(told(said).at(-1)).toBe(`ended ${BREACH} possible unconfirmed`)
    expect(incidentsIn(said).at(-1)?.reason.text).toMatch(/Nothing past the boundary for 1[5-9] min/)
    const sure = new Watcher()
    sure.see(...walk(inside(5)))
    expect(
      told(sure.see(...walk(doubtful, { at: 5 * MINUTE, accuracyM: 20 }))).filter(one => /ended/.test(one)),
    ).toEqual([])
  })

  it('counts depth, time and extent, and tells of a breach that gets much deeper now and then', () => {
    const watcher = new Watcher()
    const deeper = Array.from({ length: 40 }, (_, i) => 195 - i * 5)
    const said = watcher.see(...walk(deeper, { speedMps: 0 }))
    expect(incidentsIn(said).filter(({ change }) => change === 'changed').length).toBeLessThan(5)
    const ended = incidentsIn(watcher.see(...walk(away(2), { at: 40 * MINUTE }))).at(-1)
    expect(ended?.reason).toMatchObject({ greatestDepthM: expect.closeTo(200, 0), extentM: expect.closeTo(195, -1) })
    expect(ended?.reason).toMatchObject({ insideMs: expect.any(Number), fixesCounted: expect.any(Number) })
  })

  it('with a buffer: the buffer is a warning that grows into the breach’s incident, and does not shrink again', () => {
    const watcher = new Watcher(aContext(aCondition({ bufferM: 100 })))
    const said = watcher.see(...walk([900, 250, 250, 250, 250, 150, 150, 150, 150, 250, 250, 900, 900]))
    expect(told(said)).toEqual([
      'raised buffer-entry possible',
      'changed buffer-entry confirmed',
      `changed ${BREACH} possible`,
      `changed ${BREACH} confirmed`,
      `ended ${BREACH} confirmed left`,
    ])
    const incidents = incidentsIn(said)
    expect(new Set(incidents.map(({ episodeId }) => episodeId)).size).toBe(1)
    expect(incidents.at(-1)).toMatchObject({
      happenedAt: START + 5 * MINUTE,
      endedAt: START + 10 * MINUTE,
      severity: 'critical',
      reason: { beganAt: START + MINUTE },
    })
  })

  it('skirted closely is a near miss, told when it has been over for 10 minutes', () => {
    const watcher = new Watcher()
    const said = watcher.see(...walk([900, 206, 207, 900, ...away(12)]))
    expect(said.map(({ type }) => type)).toEqual(['near-miss'])
    expect(said[0]).toMatchObject({ fixesCounted: 2, from: START + MINUTE, to: START + 2 * MINUTE })
  })

  it('skirted for hours is a near miss an hour', () => {
    const watcher = new Watcher()
    const said = watcher.see(...walk(Array(200).fill(205), { accuracyM: 25 }))
    expect(said.map(({ type }) => type)).toEqual(['near-miss', 'near-miss', 'near-miss'])
  })
})

describe('a zone of interest', () => {
  const interest = aCondition({ kind: 'interest', conditionId: asId('8') })

  it('is a visit with its entry and exit, and a re-entry is the same visit', () => {
    const watcher = new Watcher(aContext(interest))
    const said = watcher.see(...walk([900, ...inside(3), ...away(2), ...inside(2), ...away(2)]))
    expect(said.every(({ type }) => type === 'visit')).toBe(true)
    expect(new Set(said.map(one => (one.type === 'visit' ? one.visitId : ''))).size).toBe(1)
    expect(said.at(-1)).toMatchObject({ from: START + MINUTE, to: START + 7 * MINUTE, reason: { entries: 2 } })
  })

  it('knows no breach, no clock and no passing through', () => {
    const watcher = new Watcher(aContext({ ...interest, from: START + 10 * MINUTE }))
    watcher.see(...walk(inside(3)))
    expect(watcher.tick(60 * MINUTE)).toEqual([])
    const passing = new Watcher(aContext(interest))
    expect(passing.see(...walk([-900, 900], { speedMps: 30 }))).toEqual([])
  })
})
