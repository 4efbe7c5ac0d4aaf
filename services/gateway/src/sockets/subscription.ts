import type { Position, Subscribe } from '@cordon/contract'

/** What a client asked for and may have, as one question for each position. */
export interface Subscription {
  readonly positions: boolean
  readonly incidents: boolean
  /** Every position, so that the message made for everybody will do. */
  readonly isUnfiltered: boolean
  wants(position: Position): boolean
}

export const NOTHING: Subscription = { positions: false, incidents: false, isUnfiltered: false, wants: () => false }

/** `wearers`: an officer's caseload; undefined sees every wearer. */
export function createSubscription(asked: Subscribe, wearers: ReadonlySet<string> | undefined): Subscription {
  const { positions = false, incidents = false } = asked
  const isAsked = questionOf(positions)
  return {
    positions: positions !== false,
    incidents,
    isUnfiltered: positions === true && wearers === undefined,
    wants: position => (wearers === undefined || wearers.has(position.wearerId)) && isAsked(position),
  }
}

function questionOf(asked: NonNullable<Subscribe['positions']>): (position: Position) => boolean {
  if (typeof asked === 'boolean') return () => asked
  if ('wearerIds' in asked) {
    const ids = new Set(asked.wearerIds)
    return ({ wearerId }) => ids.has(wearerId)
  }
  const [west, south, east, north] = asked.bbox
  return ({ lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north
}
