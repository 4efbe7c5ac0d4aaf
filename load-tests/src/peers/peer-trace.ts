import { homeOf, type Place, walkPlace, zonesOf } from '../stack/places.ts'

/** The trace of the load test: everybody walks round their home, and nobody enters a zone. */
export const PEER_TRACE = { tags: 2_000, zones: 10, vertices: 64, seconds: 30 } as const

const ROUND_MS = 120_000

export interface PeerWearer {
  readonly id: string
  readonly home: Place
}

export const peerWearers = (): readonly PeerWearer[] =>
  Array.from({ length: PEER_TRACE.tags }, (_, index) => ({
    id: `L${String(index + 1).padStart(6, '0')}`,
    home: homeOf(index, PEER_TRACE.tags),
  }))

export const placeAt = ({ home }: PeerWearer, at: number): Place => walkPlace(home, at / ROUND_MS)

export const fencesOf = ({ home }: PeerWearer) => zonesOf(home, PEER_TRACE.zones, PEER_TRACE.vertices)
