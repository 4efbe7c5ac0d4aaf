import type { LivePosition, Subscribe } from '@cordon/contract'

/** How a client has its positions written. */
export type Encoding = NonNullable<Subscribe['encoding']>

/** What a client asked for and may have, as one question for each position. */
export interface Subscription {
  readonly positions: boolean
  readonly incidents: boolean
  /** Every position, so that the message made for everybody will do. */
  readonly isUnfiltered: boolean
  readonly encoding: Encoding
  wants(position: LivePosition): boolean
}

export const NOTHING: Subscription = {
  positions: false,
  incidents: false,
  isUnfiltered: false,
  encoding: 'json',
  wants: () => false,
}

/** `wearers`: an officer's caseload; undefined sees every wearer. */
export function createSubscription(asked: Subscribe, wearers: ReadonlySet<string> | undefined): Subscription {
  const { positions = false, incidents = false, encoding = 'json' } = asked
  const isAsked = questionOf(positions)
  return {
    positions: positions !== false,
    incidents,
    isUnfiltered: positions === true && wearers === undefined,
    encoding,
    wants: position => (wearers === undefined || wearers.has(position.wearerId)) && isAsked(position),
  }
}

function questionOf(asked: NonNullable<Subscribe['positions']>): (position: LivePosition) => boolean {
  if (typeof asked === 'boolean') return () => asked
  if ('wearerIds' in asked) {
    const ids = new Set(asked.wearerIds)
    return ({ wearerId }) => ids.has(wearerId)
  }
  const [west, south, east, north] = asked.bbox
  return ({ lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north
}
