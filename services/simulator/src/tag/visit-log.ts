import type { Errand } from '../life/errand.ts'
import type { Truth } from '../truth/create-truth-file.ts'

type VisitTruth = Extract<Truth, { type: 'visit' }>

/** Puts each visit on record once it is over; at the end of the run also the one that is not. */
export interface VisitLog {
  /** Times of the wearer's life, not running backwards. */
  pass(errand: Errand | undefined, at: number): void
  stop(): void
}

export interface VisitLogOptions {
  readonly tagId: string
  readonly place: string
  /** When the run started: what was before it nobody has seen. */
  readonly startedAt: number
  /** From a time of the wearer's life to the one that fixes are stamped with. */
  readonly stamp: (at: number) => number
  readonly add: (truth: VisitTruth) => void
}

export function createVisitLog({ tagId, place, startedAt, stamp, add }: VisitLogOptions): VisitLog {
  let visit: Errand['visit']
  let now = startedAt
  const record = (to: number) => {
    if (visit === undefined || to <= startedAt || visit.from > to) return
    add({ type: 'visit', tagId, place, from: stamp(Math.max(visit.from, startedAt)), to: stamp(to) })
  }
  const pass = (errand: Errand | undefined, at: number) => {
    now = at
    if (visit !== undefined && at >= visit.to) {
      record(visit.to)
      visit = undefined
    }
    if (errand?.visit !== undefined && at < errand.visit.to) visit = errand.visit
  }
  return { pass, stop: () => record(now) }
}
