import type { CompiledZone } from '@cordon/geofence'
import { narrow, unbounded } from './bounds.ts'
import type { ConditionGroup } from './condition-group.ts'
import { covers, type Force, type Known, type Lapse, type Piece } from './group-memo.ts'
import { pieceAt, versionAt } from './piece.ts'

export type { Force, Lapse } from './group-memo.ts'

/**
 * A beginning is looked for to the end of the 35 days after those in which one asks. Only of a condition whose hours another's hours
 * lift again and again could one look for ever; all else that ends and begins is few pieces.
 */
const SEARCH_MS = 35 * 86_400_000

/**
 * The version in force at a time (finite, epoch ms), and the longest time round it in which the condition holds without a break
 * whatever the version, within the activation; undefined when it is not in force. A corridor and a zone that lifts an exclusion
 * break nothing, for they are places: see `corridorsAt` and `liftersAt`.
 */
export function forceAt(group: ConditionGroup, at: number): Force | undefined {
  const { memo } = group
  if (!covers(memo.force, at)) memo.force = findForce(group, at)
  return memo.force.answer
}

/**
 * The first moment after `after` at which the condition comes into force, or a new version of its zone takes over while it is;
 * infinite when there is none. Where a higher condition lifts all of its hours for weeks on end, it is the moment up to which was
 * looked, at which it is not in force: then ask again.
 */
export function nextStart(group: ConditionGroup, after: number): number {
  const { memo } = group
  if (!covers(memo.nextStart, after)) memo.nextStart = findNextStart(group, after)
  return memo.nextStart.answer
}

/** Why the condition is not in force at a moment. Throws when it is: then nothing has lapsed. */
export function whyLapsed(group: ConditionGroup, at: number): Lapse {
  const { lapse } = pieceAt(group, at)
  if (lapse === null) throw new RangeError(`condition ${group.conditionId} is in force at ${at}`)
  return lapse
}

/** Where passes of the version of that time permit the wearer to be. The same array for as long as nothing changes. */
export function corridorsAt(group: ConditionGroup, at: number): readonly CompiledZone[] {
  return knownCorridors(group, at).answer
}

/**
 * The zones of presence conditions of higher priority that are in force: an exclusion does not hold inside them. The same array for
 * as long as nothing changes. Empty for a presence condition in force.
 */
export function liftersAt(group: ConditionGroup, at: number): readonly CompiledZone[] {
  return knownLifters(group, at).answer
}

/**
 * A moment after `after` before which nothing that is told of the group by these functions changes: force, version, corridors,
 * lifters. Infinite when nothing ever does. Where a corridor or a lifter ends, an episode can begin without `nextStart` naming it.
 */
export function nextChange(group: ConditionGroup, after: number): number {
  return Math.min(pieceAt(group, after).to, knownCorridors(group, after).to, knownLifters(group, after).to)
}

function findForce(group: ConditionGroup, at: number): Known<Force | undefined> {
  const piece = pieceAt(group, at)
  const { condition, from, to } = piece
  if (condition === null) return { from, to, answer: undefined }
  return { from, to, answer: { condition, from: beginningOf(group, piece), to: endOf(group, piece) } }
}

function beginningOf(group: ConditionGroup, { from }: Piece): number {
  let beginning = from
  // The activation has a beginning, so this ends. Times are whole milliseconds.
  for (;;) {
    const before = pieceAt(group, beginning - 1)
    if (before.condition === null) return beginning
    beginning = before.from
  }
}

function endOf(group: ConditionGroup, { to }: Piece): number {
  let end = to
  while (end < Number.POSITIVE_INFINITY) {
    const after = pieceAt(group, end)
    if (after.condition === null) return end
    end = after.to
  }
  return end
}

function findNextStart(group: ConditionGroup, after: number): Known<number> {
  const searched = Math.floor(Math.max(after, group.activation.from) / SEARCH_MS) * SEARCH_MS + SEARCH_MS
  let piece = pieceAt(group, after)
  while (piece.to < Number.POSITIVE_INFINITY && piece.from < searched + SEARCH_MS) {
    const next = pieceAt(group, piece.to)
    if (isStart(piece, next)) return { from: after, to: next.from, answer: next.from }
    piece = next
  }
  if (piece.to === Number.POSITIVE_INFINITY) return { from: after, to: piece.to, answer: piece.to }
  return { from: after, to: searched, answer: piece.from }
}

function isStart(before: Piece, { condition }: Piece): boolean {
  return condition !== null && condition.zoneVersion !== before.condition?.zoneVersion
}

function knownCorridors(group: ConditionGroup, at: number): Known<readonly CompiledZone[]> {
  const { memo } = group
  if (!covers(memo.corridors, at)) memo.corridors = findCorridors(group, at)
  return memo.corridors
}

function findCorridors(group: ConditionGroup, at: number): Known<readonly CompiledZone[]> {
  const bounds = unbounded()
  const corridors: CompiledZone[] = []
  for (const pass of versionAt(group, at, bounds)?.passes ?? [])
    if (pass.corridor !== null && narrow(bounds, pass, at)) corridors.push(pass.corridor)
  return { ...bounds, answer: corridors }
}

function knownLifters(group: ConditionGroup, at: number): Known<readonly CompiledZone[]> {
  const { memo } = group
  if (!covers(memo.lifters, at)) memo.lifters = findLifters(group, at)
  return memo.lifters
}

function findLifters(group: ConditionGroup, at: number): Known<readonly CompiledZone[]> {
  const bounds = unbounded()
  const zones: CompiledZone[] = []
  for (const other of group.liftedBy) {
    const piece = pieceAt(other, at)
    narrow(bounds, piece, at)
    if (piece.condition !== null) zones.push(piece.condition.zone)
  }
  return { ...bounds, answer: zones }
}
