import type { ActivationId } from '@cordon/contract'
import { groupBy } from '../configuration/group-by.ts'
import type { Queryable } from '../connection/store.ts'
import { type FixColumns, unpackFixes } from '../tracks/unpack-fixes.ts'
import { type Afterwards, type Box, keepHours } from './keep-hours.ts'
import { readHours, type TrackHour } from './read-hours.ts'
import { readPacked } from './read-packed.ts'
import type { TrackRange } from './track-range.ts'

export interface Near {
  readonly box: Box
  readonly after: Afterwards
}

export interface PreviewQuestion {
  readonly ranges: readonly TrackRange[]
  /**
   * `all`: every fix. Near a box: for a zone to stay out of, leaves out the hours far from it, which are judged the same without them.
   * It is the zone's, with as much around it as a position can matter from.
   */
  readonly keep: Near | 'all'
}

export interface PreviewTrack {
  readonly activationId: ActivationId
  /** How many fixes are stored in the ranges, left out or not. */
  readonly fixes: number
  /** The quarter hours with one, counted from the epoch. */
  readonly quarters: ReadonlySet<number>
  /** What is kept, in the order of measurement. */
  readonly columns: FixColumns
}

const QUARTER_MS = 900_000
/** Fixes, by estimate, that are read at once: some 60 bytes each in either process, twice that on the way. */
const FIXES_AT_ONCE = 500_000
const USUAL_INTERVAL_MS = 60_000

/** The ranges of one activation. */
interface Track {
  readonly activationId: ActivationId
  readonly ranges: readonly TrackRange[]
}

interface NearTrack extends Track {
  readonly hours: readonly TrackHour[]
  readonly kept: readonly TrackHour[]
}

/**
 * The tracks that a draft zone is to be judged on, some activations at a time: asked for the next while these are judged, the
 * database and the judge are busy at once. Those without a fix do not come.
 */
export async function* readPreviewFixes(
  database: Queryable,
  { ranges, keep }: PreviewQuestion,
): AsyncGenerator<readonly PreviewTrack[]> {
  if (ranges.length === 0) return
  const grouped = groupBy(ranges, ({ activationId }) => activationId)
  const tracks = [...grouped].map(([activationId, own]) => ({ activationId, ranges: own }))
  if (keep === 'all') yield* readAll(database, tracks)
  else yield* readNear(database, tracks, keep)
}

async function* readAll(database: Queryable, tracks: readonly Track[]): AsyncGenerator<readonly PreviewTrack[]> {
  const weigh = ({ ranges }: Track) => ranges.reduce((sum, { from, to }) => sum + (to - from), 0) / USUAL_INTERVAL_MS
  for (const some of shares(tracks, weigh)) {
    const columnsOf = await readPacked(database, rangesOf(some), 'all')
    yield [...columnsOf].map(([activationId, columns]) => ({
      activationId,
      fixes: columns.measuredAt.length,
      quarters: new Set(columns.measuredAt.map(at => Math.floor(at / QUARTER_MS))),
      columns,
    }))
  }
}

async function* readNear(
  database: Queryable,
  tracks: readonly Track[],
  near: Near,
): AsyncGenerator<readonly PreviewTrack[]> {
  const hoursOf = groupBy(await readHours(database, rangesOf(tracks)), ({ activationId }) => activationId)
  const kept = tracks
    .map(track => toNear(track, hoursOf.get(track.activationId) ?? [], near))
    .filter(({ hours }) => hours.length > 0)
  for (const some of shares(kept, ({ kept: hours }) => countFixes(hours))) {
    const columnsOf = await readKept(database, some)
    yield some.map(({ activationId, hours }) => ({
      activationId,
      fixes: countFixes(hours),
      quarters: new Set(hours.flatMap(quartersOf)),
      columns: columnsOf.get(activationId) ?? unpackFixes(Buffer.alloc(0)),
    }))
  }
}

function toNear(track: Track, hours: readonly TrackHour[], { box, after }: Near): NearTrack {
  const isKept = keepHours(hours, box, after)
  return { ...track, hours, kept: hours.filter((_, index) => isKept[index]) }
}

/** Asked for by the hour only where an hour is left out. */
async function readKept(
  database: Queryable,
  tracks: readonly NearTrack[],
): Promise<ReadonlyMap<ActivationId, FixColumns>> {
  const touched = tracks.filter(({ kept }) => kept.length > 0)
  if (touched.length === 0) return new Map()
  const isWhole = touched.every(({ kept, hours }) => kept.length === hours.length)
  return readPacked(database, rangesOf(touched), isWhole ? 'all' : touched.flatMap(({ kept }) => kept))
}

/** In shares of FIXES_AT_ONCE, or of one that has more. */
function* shares<Item>(items: readonly Item[], weigh: (item: Item) => number): Generator<readonly Item[]> {
  let share: Item[] = []
  let weight = 0
  for (const item of items) {
    const more = weigh(item)
    if (share.length > 0 && weight + more > FIXES_AT_ONCE) {
      yield share
      share = []
      weight = 0
    }
    share.push(item)
    weight += more
  }
  if (share.length > 0) yield share
}

const rangesOf = (tracks: readonly Track[]): readonly TrackRange[] => tracks.flatMap(({ ranges }) => ranges)
const countFixes = (hours: readonly TrackHour[]): number => hours.reduce((sum, { fixes }) => sum + fixes, 0)
const quartersOf = ({ hour, quarters }: TrackHour): readonly number[] =>
  [0, 1, 2, 3].filter(n => (quarters >> n) & 1).map(n => hour / QUARTER_MS + n)
