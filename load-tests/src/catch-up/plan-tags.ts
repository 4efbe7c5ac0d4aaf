import { entryPlace, type Place, walkPlace } from '../stack/places.ts'
import type { RegisteredTag } from '../stack/register.ts'

/** What one wearer does in the hour of the outage and after it. */
export interface OutageTag {
  readonly tag: RegisteredTag
  /** Milliseconds after each full minute at which its fixes are measured. */
  readonly offsetMs: number
  /** Minutes of the outage that it spends in its first zone: from the first, to the second and without it. None: null. */
  readonly inside: readonly [from: number, to: number] | null
  /** Walks into the zone when everything is up again, and stays: after so many milliseconds. */
  readonly entersAfterMs: number | null
}

/** Of a hundred wearers one was in a zone for a while; of two hundred one walks in while the hour is caught up. */
const VISITS_EVERY = 100
const ENTERS_EVERY = 200
const VISIT_MINUTES = 6

export interface Outage {
  readonly minutes: number
  /** For how long live fixes go on. */
  readonly liveMs: number
}

export function planTags(tags: readonly RegisteredTag[], { minutes, liveMs }: Outage): readonly OutageTag[] {
  return tags.map((tag, index) => ({
    tag,
    offsetMs: Math.floor((index * 60_000) / tags.length),
    inside: index % VISITS_EVERY === 7 ? visit(index, minutes) : null,
    entersAfterMs: index % ENTERS_EVERY === 50 ? Math.floor((index / tags.length) * liveMs * 0.5) : null,
  }))
}

function visit(index: number, minutes: number): readonly [number, number] {
  const length = Math.min(VISIT_MINUTES, Math.max(1, Math.floor(minutes / 3)))
  const from = 1 + (index % Math.max(1, minutes - length - 2))
  return [from, from + length]
}

/** The fix of a minute of the outage, `measuredAt` in epoch milliseconds. */
export function storedFix({ tag, inside }: OutageTag, minute: number, measuredAt: number): string {
  const isInside = inside !== null && minute >= inside[0] && minute < inside[1]
  return fixText(isInside ? entryPlace(tag.home) : walkPlace(tag.home, minute / 7), measuredAt, minute + 1)
}

export const fixText = ({ lon, lat }: Place, measuredAt: number, seq: number): string =>
  `{"time":"${new Date(measuredAt).toISOString()}","lat":${lat.toFixed(6)},"lon":${lon.toFixed(6)},"accuracy":6,"source":"gnss",` +
  `"seq":${seq},"speed":1.2,"heading":271,"altitude":77,"satellites":9,"hdop":0.9,"battery":83}`
