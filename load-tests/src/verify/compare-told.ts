import type { Told } from '../reader/messages.ts'

/** One row of the change log, in the order of its numbers. */
export interface LoggedChange {
  readonly cursor: string
  readonly incidentId: string
  readonly change: 'raised' | 'changed'
}

export interface ToldVerdict {
  readonly told: number
  readonly missed: number
  readonly doubled: number
  /** Told at its place, but as something else. */
  readonly wrong: number
}

/** Holds what a client was told against the log: every change once, in the order of the log, through every reconnect. */
export function compareTold(told: readonly Told[], log: readonly LoggedChange[]): ToldVerdict {
  const between = (after: bigint, upTo: bigint) =>
    log.filter(({ cursor }) => BigInt(cursor) > after && BigInt(cursor) <= upTo)
  let position = 0n
  const verdict = { told: 0, missed: 0, doubled: 0, wrong: 0 }

  const moveTo = (since: bigint, upTo: bigint, heard: readonly string[], expected: readonly string[]) => {
    if (since > position) verdict.missed += between(position, since).length
    if (since < position) verdict.doubled += between(since, position < upTo ? position : upTo).length
    verdict.told += heard.length
    verdict.wrong += countDifferent(heard, expected)
    if (upTo > position) position = upTo
  }
  for (const piece of told) {
    const upTo = BigInt(piece.cursor)
    if (piece.type === 'change') {
      const expected = between(upTo - 1n, upTo).map(({ incidentId, change }) => `${incidentId} ${change}`)
      moveTo(upTo - 1n, upTo, [`${piece.incidentId} ${piece.change}`], expected)
    } else {
      const since = BigInt(piece.since)
      const expected = between(since, upTo).map(({ incidentId }) => incidentId)
      moveTo(since, upTo, piece.incidentIds, expected)
    }
  }
  verdict.missed += log.filter(({ cursor }) => BigInt(cursor) > position).length
  return verdict
}

function countDifferent(heard: readonly string[], expected: readonly string[]): number {
  const length = Math.max(heard.length, expected.length)
  return Array.from({ length }, (_, index) => heard[index] !== expected[index]).filter(Boolean).length
}
