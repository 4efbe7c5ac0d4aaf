import { type Bounds, narrow, unbounded } from './bounds.ts'
import type { ConditionGroup } from './condition-group.ts'
import { covers, type Lapse, type Piece } from './group-memo.ts'
import type { WatchedCondition } from './watched-condition.ts'

/**
 * What decides about a condition at a time, and round that time for how long. The reasons not to be in force are asked in the order
 * activation, version, hours, pass, priority, and one that applies is not asked further: so a piece without force is as long as
 * its reason, and an ended condition with nightly hours is one piece, not one for each night.
 */
export function pieceAt(group: ConditionGroup, at: number): Piece {
  const { memo } = group
  if (!covers(memo.piece, at)) memo.piece = findPiece(group, at)
  return memo.piece
}

/** The version that counts at a time: the highest whose time it is, in force or not. Narrows `bounds` to its turn. */
export function versionAt(group: ConditionGroup, at: number, bounds: Bounds): WatchedCondition | undefined {
  let valid: WatchedCondition | undefined
  for (const version of group.versions) if (narrow(bounds, version, at)) valid = version
  return valid
}

function findPiece(group: ConditionGroup, at: number): Piece {
  const bounds = unbounded()
  if (!narrow(bounds, group.activation, at)) return without('activation-ended', bounds)
  const condition = versionAt(group, at, bounds)
  if (condition === undefined) return without('condition-ended', bounds)
  if (!isWithinHours(condition, at, bounds)) return without('hours', bounds)
  if (isPassed(condition, at, bounds)) return without('pass', bounds)
  if (group.isPresence && isLifted(group, at, bounds)) return without('priority', bounds)
  return { ...bounds, condition, lapse: null }
}

function without(lapse: Lapse, bounds: Bounds): Piece {
  return { ...bounds, condition: null, lapse }
}

function isWithinHours({ hours }: WatchedCondition, at: number, bounds: Bounds): boolean {
  const window = hours?.windowAt(at)
  const stretch = window ?? hours?.gapAt(at)
  if (stretch !== undefined) narrow(bounds, stretch, at)
  return hours === null || window !== undefined
}

function isPassed({ passes }: WatchedCondition, at: number, bounds: Bounds): boolean {
  let passed = false
  for (const pass of passes) if (pass.corridor === null && narrow(bounds, pass, at)) passed = true
  return passed
}

/**
 * Whether a presence condition of higher priority is in force. That one's own lifters need no thought: they are of higher priority
 * still, so they lift this one too.
 */
function isLifted(group: ConditionGroup, at: number, bounds: Bounds): boolean {
  let lifted = false
  for (const other of group.liftedBy) {
    const piece = pieceAt(other, at)
    narrow(bounds, piece, at)
    if (piece.condition !== null) lifted = true
  }
  return lifted
}
