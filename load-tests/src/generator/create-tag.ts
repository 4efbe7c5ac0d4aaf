import { entryPlace, type Place, walkPlace } from '../stack/places.ts'
import type { PlannedTag } from './messages.ts'

/** What one tag says, message by message. */
export interface Tag {
  /** The next message at `now`, epoch ms; null when it is too soon after the last one, or on the silent way into the zone. */
  next(now: number): TagMessage | null
  /** The next message, cut off in the middle: no fix of it counts. */
  nextMalformed(now: number): string
  /** Sequence number of the last fix said. */
  fixes(): number
  /** Time of the first fix inside the zone. */
  enteredAt(): number | null
}

export interface TagMessage {
  readonly payload: string
  /** Sequence number of its first fix. */
  readonly firstSeq: number
}

/** 400 m in so much time is a car in a town: nobody has to believe in a jump. */
const SILENT_MS = 10_000
const ROUND_MS = 120_000

export function createTag({ home, entry }: PlannedTag, items: number, startAt: number): Tag {
  const entersAt = entry === null ? Number.POSITIVE_INFINITY : startAt + entry.afterMs
  const inside = entry?.place ?? entryPlace(home)
  let seq = 0
  let malformed = 0
  let enteredAt: number | null = null
  let saidAt = 0
  const placeAt = (at: number): Place => (at >= entersAt ? inside : walkPlace(home, at / ROUND_MS))

  /** The last item is measured now, the others a millisecond before each other. */
  const fixesAt = (now: number): string => {
    let json = ''
    for (let before = items - 1; before >= 0; before--) {
      json += fixJson(placeAt(now), now - before, ++seq)
      if (before > 0) json += ','
    }
    return items === 1 ? json : `[${json}]`
  }

  return {
    next: now => {
      const isOnItsWay = now < entersAt && now >= entersAt - SILENT_MS
      // the items of two messages would otherwise overlap in time, as no tag's do
      if (isOnItsWay || now - saidAt < items) return null
      saidAt = now
      if (now >= entersAt) enteredAt ??= now - items + 1
      return { firstSeq: seq + 1, payload: fixesAt(now) }
    },
    // The number makes each of them another: equal bytes would be kept once.
    nextMalformed: now => `{"time":${now},"battery":${++malformed},"lat":`,
    fixes: () => seq,
    enteredAt: () => enteredAt,
  }
}

export const fixJson = ({ lon, lat }: Place, at: number, seq: number): string =>
  `{"time":"${new Date(at).toISOString()}","lat":${lat.toFixed(6)},"lon":${lon.toFixed(6)},"accuracy":6,"source":"gnss",` +
  `"seq":${seq},"speed":1.2,"heading":271,"altitude":77,"satellites":9,"hdop":0.9,"battery":83}`
