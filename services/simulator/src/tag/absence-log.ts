import { distanceM } from '../ground/point.ts'
import type { Life } from '../life/create-life.ts'
import { curfewAt } from '../life/curfew-hours.ts'
import type { Wearer } from '../people/wearer.ts'
import type { Truth } from '../truth/create-truth-file.ts'
import type { LifeClock } from './life-clock.ts'

/** Metres from home: somebody further away is not there. What is drawn round a home is not known here. */
const AWAY_M = 150
/** Milliseconds: to within these a beginning and an end are found. */
const EXACT_MS = 500

/** Puts on record each time away from home in the hours of the curfew, once it is over; at the end of the run also one that is not. */
export interface AbsenceLog {
  /** Times of the machine's clock, which curfews are kept by, not running backwards. */
  pass(at: number): void
  stop(): void
}

export interface AbsenceLogOptions {
  readonly wearer: Wearer
  readonly life: Life
  readonly clock: LifeClock
  readonly add: (truth: Extract<Truth, { type: 'absence' }>) => void
}

export function createAbsenceLog({ wearer, life, clock, add }: AbsenceLogOptions): AbsenceLog {
  const { tagId, home, curfew } = wearer
  let last: number | undefined
  let since: number | undefined

  const isAway = (at: number) =>
    curfewAt(curfew, at) !== undefined && distanceM(life.at(clock.lifeTime(at)).point, home) > AWAY_M
  /** When it changed between two times, the first of which is still as before. */
  const changeBetween = (from: number, to: number): number => {
    if (to - from <= EXACT_MS) return to
    const middle = Math.floor((from + to) / 2)
    return isAway(middle) === isAway(from) ? changeBetween(middle, to) : changeBetween(from, middle)
  }
  const record = (to: number) => {
    const hours = since === undefined ? undefined : curfewAt(curfew, since)
    if (since !== undefined && hours !== undefined) {
      add({ type: 'absence', tagId, place: home.name, from: since, to, hours })
    }
    since = undefined
  }
  const pass = (at: number) => {
    const away = isAway(at)
    if (away && since === undefined) since = last === undefined ? at : changeBetween(last, at)
    else if (!away && since !== undefined && last !== undefined) record(changeBetween(last, at))
    last = at
  }
  return { pass: curfew === null ? () => undefined : pass, stop: () => last !== undefined && record(last) }
}
