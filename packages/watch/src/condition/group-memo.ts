import type { CompiledZone } from '@cordon/geofence'
import type { Period, WatchedCondition } from './watched-condition.ts'

/** Why a condition is not in force. `condition-ended` and `activation-ended` also stand for not begun yet. */
export type Lapse = 'hours' | 'pass' | 'priority' | 'condition-ended' | 'activation-ended'

/** The version in force and the longest time round a moment in which the condition holds unbroken, whichever its version. */
export interface Force extends Period {
  readonly condition: WatchedCondition
}

/** A time in which one thing decides: one version is in force, or one reason is why none is. Not always the longest such time. */
export type Piece = Period &
  ({ readonly condition: WatchedCondition; readonly lapse: null } | { readonly condition: null; readonly lapse: Lapse })

/** A time in which the answer to a question is the same. */
export interface Known<Answer> extends Period {
  readonly answer: Answer
}

/**
 * The last answer to each question about a group with the time in which it is the answer. A watch asks of every fix and moves
 * forward, so that this is the answer to the next question too. A pure memo: without it the answers are the same, only slower.
 */
export interface GroupMemo {
  piece: Piece
  force: Known<Force | undefined>
  corridors: Known<readonly CompiledZone[]>
  lifters: Known<readonly CompiledZone[]>
  nextStart: Known<number>
}

/** Holds at no time, so the first question is worked out. */
const NEVER: Period = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }

export function createGroupMemo(): GroupMemo {
  return {
    piece: { ...NEVER, condition: null, lapse: 'condition-ended' },
    force: { ...NEVER, answer: undefined },
    corridors: { ...NEVER, answer: [] },
    lifters: { ...NEVER, answer: [] },
    nextStart: { ...NEVER, answer: Number.POSITIVE_INFINITY },
  }
}

export function covers(period: Period, at: number): boolean {
  return at >= period.from && at < period.to
}
