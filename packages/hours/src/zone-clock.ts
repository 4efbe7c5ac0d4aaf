import { Temporal } from 'temporal-polyfill'

/**
 * A clock on the wall of one time zone. Its *reading* is a date and time as milliseconds, as if the zone were UTC; a *day* counts
 * local dates from 1970-01-01. Almost every reading comes once. In the hour that a clock change skips no reading comes, in the hour
 * that it repeats each comes twice.
 */
export interface ZoneClock {
  /** The IANA name as it is written properly. */
  readonly timeZone: string
  /** The first instant at which the clock shows `reading`; the instant of the change for a reading that is skipped. */
  firstAt(reading: number): number
  /**
   * The instant just after the clock last showed anything of the minute that ends with `reading`: the end of a time that runs up
   * to `reading`. It is the second occurrence of a repeated reading, except for the very first of those, before which nothing is
   * repeated; it is the change for a reading that is skipped.
   */
  endAt(reading: number): number
  /** The local day to which an instant belongs: the one whose first instant is the latest that is not after `at`. */
  dayOf(at: number): number
}

export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000

/** A stretch of real time with one distance from UTC: reading = instant + offsetMs. Its end is the next one's beginning. */
interface Span {
  readonly from: number
  readonly offsetMs: number
}

/** Spans are looked up in Temporal so many milliseconds at a time, which takes it about a millisecond for each change. */
const BUCKET_MS = 365 * DAY_MS

/**
 * The clocks by the name they were asked for. Facts about the world that are the same for every condition and dear to look up, so
 * they are kept for the process; there are a few hundred zones, and only proper names are kept.
 */
const clocks = new Map<string, ZoneClock>()

/** The clock of an IANA time zone such as `Europe/London`; undefined when there is no such zone. */
export function zoneClock(timeZone: string): ZoneClock | undefined {
  const known = clocks.get(timeZone)
  if (known !== undefined) return known
  const name = properName(timeZone)
  if (name === undefined) return undefined
  const clock = clocks.get(name) ?? createZoneClock(name)
  clocks.set(name, clock)
  return clock
}

/** Temporal also takes offsets (`+01:00`) and whole timestamps for a time zone, neither of which has rules of a place. */
function properName(timeZone: string): string | undefined {
  if (!/^[A-Za-z]/.test(timeZone)) return undefined
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId
  } catch {
    return undefined
  }
}

function createZoneClock(timeZone: string): ZoneClock {
  const buckets = new Map<number, readonly Span[]>()

  function spansOf(at: number): readonly Span[] {
    const bucket = Math.floor(at / BUCKET_MS)
    const known = buckets.get(bucket)
    if (known !== undefined) return known
    const spans = spansBetween(timeZone, bucket * BUCKET_MS, (bucket + 1) * BUCKET_MS)
    buckets.set(bucket, spans)
    return spans
  }

  function spanAt(at: number): Span {
    const spans = spansOf(at)
    return spans.findLast(span => span.from <= at) as Span
  }

  const offsetAt = (at: number): number => spanAt(at).offsetMs

  /** The instants, in order, at which the clock shows a reading: none, one or two. No zone is a whole day from UTC. */
  function instantsOf(reading: number): readonly number[] {
    const before = reading - offsetAt(reading - DAY_MS)
    const after = reading - offsetAt(reading + DAY_MS)
    const candidates = before === after ? [before] : before < after ? [before, after] : [after, before]
    return candidates.filter(at => at + offsetAt(at) === reading)
  }

  /** The clock change that skips a reading: by the distance after it the reading is yet to come, by the one before it is past. */
  function changeOver(reading: number): number {
    const before = reading - offsetAt(reading + DAY_MS)
    const spans = [...spansOf(before), ...spansOf(before + DAY_MS)]
    const change = spans.find(({ from, offsetMs }) => from > before && offsetMs !== offsetAt(before))
    return (change as Span).from
  }

  const firstAt = (reading: number): number => instantsOf(reading)[0] ?? changeOver(reading)

  return {
    timeZone,
    firstAt,
    endAt(reading) {
      const last = instantsOf(reading - MINUTE_MS).at(-1)
      return last === undefined ? changeOver(reading - MINUTE_MS) : last + MINUTE_MS
    },
    dayOf(at) {
      const shown = Math.floor((at + offsetAt(at)) / DAY_MS)
      // Where midnight is repeated, the last minutes of a date are shown once more after the next date has begun.
      return at >= firstAt((shown + 1) * DAY_MS) ? shown + 1 : shown
    },
  }
}

function spansBetween(timeZone: string, from: number, to: number): readonly Span[] {
  let here = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone)
  const spans = [spanFrom(here)]
  for (;;) {
    const change = here.getTimeZoneTransition('next')
    if (change === null || change.epochMilliseconds >= to) return spans
    here = change
    spans.push(spanFrom(here))
  }
}

function spanFrom({ epochMilliseconds, offsetNanoseconds }: Temporal.ZonedDateTime): Span {
  return { from: epochMilliseconds, offsetMs: offsetNanoseconds / 1e6 }
}
