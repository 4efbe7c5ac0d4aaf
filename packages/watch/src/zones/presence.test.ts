import { asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import {
  aCondition,
  aContext,
  HOUR,
  hoursOf,
  incidentsIn,
  MINUTE,
  START,
  told,
  Watcher,
  walk,
  zoneOf,
} from '../testing/timeline.fixture.ts'

const ABSENCE = 'inclusion-absence'
const BREACH = 'exclusion-breach'
const far = (n: number) => Array<number>(n).fill(900)
const home = (n: number) => Array<number>(n).fill(0)
/** In London summer time the clock shows 10:00 at `START`. */
const curfew = aCondition({ kind: 'inclusion', hours: hoursOf('11:00', '20:00') })

describe('a zone to stay in', () => {
  it('of restriction is the mirror of one to keep out of', () => {
    const watcher = new Watcher(aContext(aCondition({ kind: 'restriction', bufferM: 50 })))
    const said = watcher.see(...walk([0, 0, 170, 170, 170, 170, 900, 900, 900, 0, 0]))
    expect(told(said)).toEqual([
      'raised buffer-entry possible',
      'changed buffer-entry confirmed',
      'changed restriction-breach possible',
      'changed restriction-breach confirmed',
      'ended restriction-breach confirmed left',
    ])
    // metres to the boundary are negative inside, and P is of being inside, for every kind of zone
    const outside = incidentsIn(said)[3]?.reason
    expect(outside).toMatchObject({ distanceM: expect.closeTo(700, 0), probability: 0 })
    expect(outside).toMatchObject({ greatestDepthM: expect.closeTo(700, 0) })
  })

  it('late home by 3 minutes is a near miss, no incident', () => {
    const watcher = new Watcher(aContext(curfew))
    const late = walk([...far(4), ...home(20)], { at: 59 * MINUTE })
    const said = late.flatMap(fix => [...watcher.see(fix), ...watcher.tick(fix.measuredAt - START)])
    expect(said.map(({ type }) => type)).toEqual(['near-miss'])
  })

  it('late home by 6 minutes is an absence, from the beginning of the hours, which ends at home', () => {
    const watcher = new Watcher(aContext(curfew))
    const late = walk([...far(7), ...home(20)], { at: 59 * MINUTE })
    const said = late.flatMap(fix => [...watcher.see(fix), ...watcher.tick(fix.measuredAt - START)])
    expect(told(said)).toEqual([`raised ${ABSENCE} confirmed`, `ended ${ABSENCE} confirmed left`])
    expect(incidentsIn(said)[0]).toMatchObject({ happenedAt: START + HOUR, severity: 'serious' })
  })

  it('left in the middle of its hours is an absence from its first fix away', () => {
    const watcher = new Watcher(aContext(curfew))
    const said = watcher.see(...walk([...home(3), ...far(3)], { at: 2 * HOUR }))
    expect(told(said)).toEqual([`raised ${ABSENCE} possible`, `changed ${ABSENCE} confirmed`])
    expect(incidentsIn(said)[0]).toMatchObject({ happenedAt: START + 2 * HOUR + 3 * MINUTE, severity: 'warning' })
  })

  it('an absence is over with its hours, by the clock', () => {
    const watcher = new Watcher(aContext(curfew))
    watcher.see(...walk(far(5), { at: 2 * HOUR }))
    expect(told(watcher.tick(10 * HOUR - 1))).toEqual([])
    const said = watcher.tick(10 * HOUR)
    expect(told(said)).toEqual([`ended ${ABSENCE} confirmed lapsed`])
    expect(incidentsIn(said)[0]).toMatchObject({ endedAt: START + 10 * HOUR })
    expect(incidentsIn(said)[0]?.reason.text).toBe('Ended by the clock, not by a fix: the hours ended.')
    expect(watcher.tick(10 * HOUR + MINUTE)).toEqual([])
  })

  it('an absence lapses when a pass begins, and the end of the pass has its own grace', () => {
    const pass = { from: START + 3 * HOUR, to: START + 4 * HOUR, corridor: null }
    const watcher = new Watcher(aContext({ ...curfew, passes: [pass] }))
    watcher.see(...walk(far(5), { at: 2 * HOUR }))
    const began = watcher.tick(3 * HOUR)
    expect(told(began)).toEqual([`ended ${ABSENCE} confirmed lapsed`])
    expect(incidentsIn(began)[0]?.reason.text).toContain('a pass began')
    expect(watcher.see(...walk(far(60), { at: 3 * HOUR + MINUTE })).filter(({ type }) => type === 'incident')).toEqual(
      [],
    )
    expect(told(watcher.see(...walk(far(5), { at: 4 * HOUR + MINUTE })))).toEqual([`raised ${ABSENCE} confirmed`])
  })

  it('lapses when its condition ends, and when the activation ends', () => {
    const ends = START + 3 * HOUR
    const ended = new Watcher(aContext({ ...curfew, to: ends }))
    ended.see(...walk(far(5), { at: 2 * HOUR }))
    expect(incidentsIn(ended.tick(3 * HOUR))[0]).toMatchObject({ endedAt: ends, conclusion: 'lapsed' })
    const activation = { ...aContext().activation, to: ends }
    const over = new Watcher({ ...aContext(curfew), activation })
    over.see(...walk(far(5), { at: 2 * HOUR }))
    expect(over.state.told).toHaveLength(1)
    const after = over.see(...walk(far(2), { at: 3 * HOUR }))
    expect(after.map(one => one.type === 'set-aside' && one.reason)).toEqual(['after-activation', 'after-activation'])
  })

  it('is lifted by one of higher priority for as long as that is in force', () => {
    const other = aCondition({
      kind: 'inclusion',
      conditionId: asId('8'),
      zoneId: asId('80'),
      priority: 1,
      hours: hoursOf('13:00', '14:00'),
      zone: zoneOf(200, 0, 5_000),
    })
    const watcher = new Watcher(aContext(curfew, other))
    const at = (hour: number, east: number) => walk(Array(4).fill(east), { at: hour * HOUR + 10 * MINUTE })
    expect(told(watcher.see(...at(2, 0)))).toEqual([])
    // 13:00: at the other place, as is wanted, and away from home
    expect(told(watcher.see(...walk(Array(50).fill(5_000), { at: 3 * HOUR + 4 * MINUTE })))).toEqual([])
    // 14:00: home again is wanted
    const said = watcher.see(...at(4, 5_000))
    expect(incidentsIn(said)[0]).toMatchObject({ kind: ABSENCE, conditionId: '7', happenedAt: START + 4 * HOUR })
  })

  it('of higher priority lifts an exclusion inside it, and only there', () => {
    const work = aCondition({ kind: 'restriction', conditionId: asId('8'), priority: 1, zone: zoneOf(100) })
    const watcher = new Watcher(aContext(aCondition(), work))
    expect(told(watcher.see(...walk(home(5))))).toEqual([])
    const said = incidentsIn(watcher.see(...walk([150, 150, 150], { at: 5 * MINUTE })))
    expect(new Set(said.map(({ kind }) => kind))).toEqual(new Set([BREACH, 'restriction-breach']))
  })

  it('an exclusion with a corridor holds beside the corridor, and to stand in the corridor is no passing through', () => {
    const pass = { from: START, to: START + HOUR, corridor: zoneOf(50) }
    const watcher = new Watcher(aContext(aCondition({ passes: [pass] })))
    expect(told(watcher.see(...walk(home(5))))).toEqual([])
    expect(told(watcher.see(...walk([120, 120, 120], { at: 5 * MINUTE })))).toHaveLength(2)
    expect(told(watcher.see(...walk(home(3), { at: 8 * MINUTE })))).toEqual([`ended ${BREACH} confirmed left`])
    expect(told(watcher.see(...walk(home(3), { at: HOUR })))).toEqual([
      `raised ${BREACH} possible`,
      `changed ${BREACH} confirmed`,
    ])
  })
})
