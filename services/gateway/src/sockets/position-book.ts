import type { LivePosition } from '@cordon/contract'
import type { Clock } from '@cordon/runtime'
import { listPositions, type Queryable } from '@cordon/store'
import { encodePosition } from './encode.ts'
import { toLivePosition } from './to-live-position.ts'

/** The latest position of one activation. */
export interface Entry {
  readonly position: LivePosition
  /** Written when it is first sent to somebody who reads JSON, and once. */
  json(): string
}

export interface PositionBook {
  readonly put: (position: LivePosition) => void
  /** Everything known, for a snapshot. */
  all(): Iterable<Entry>
  /** What has changed since it was last asked: the latest of each activation only. */
  takeChanged(): ReadonlyMap<string, Entry>
  /** Reads the latest positions from the database: at the start, and again because hints over the broker can be lost. */
  load(database: Queryable): Promise<void>
  /** How many activations have a fix measured within so many milliseconds before now. */
  countSince(ms: number): number
}

const LOAD_PAGE = 5_000
/** A position that came over the broker this recently may not have been in the database when it was read. */
const FRESH_MS = 60_000

export function createPositionBook(clock: Clock): PositionBook {
  const entries = new Map<string, Entry>()
  let changed = new Map<string, Entry>()

  const put = (position: LivePosition): void => {
    const known = entries.get(position.activationId)
    // Fixes can arrive late: an older one never replaces a newer.
    if (known !== undefined && known.position.measuredAt >= position.measuredAt) return
    const entry = createEntry(position)
    entries.set(position.activationId, entry)
    changed.set(position.activationId, entry)
  }

  /** An activation that has ended has no place on the map any more. */
  const forgetEnded = (current: ReadonlySet<string>): void => {
    const fresh = clock.now() - FRESH_MS
    for (const [id, { position }] of entries) if (!current.has(id) && position.receivedAt < fresh) entries.delete(id)
  }

  return {
    put,
    all: () => entries.values(),
    takeChanged: () => {
      const taken = changed
      changed = new Map()
      return taken
    },
    load: async database => {
      const current = new Set<string>()
      let cursor: string | undefined
      do {
        const { items, next } = await listPositions(database, undefined, { cursor, limit: LOAD_PAGE })
        for (const position of items) {
          current.add(position.activationId)
          put(toLivePosition(position))
        }
        cursor = next ?? undefined
      } while (cursor !== undefined)
      forgetEnded(current)
    },
    countSince: ms => {
      const since = clock.now() - ms
      let count = 0
      for (const { position } of entries.values()) if (position.measuredAt >= since) count++
      return count
    },
  }
}

function createEntry(position: LivePosition): Entry {
  let json: string | undefined
  return {
    position,
    json: () => {
      json ??= encodePosition(position)
      return json
    },
  }
}
