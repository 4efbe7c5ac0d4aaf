import type { PlannedTag } from '../generator/messages.ts'
import { entryPlace, type Place, walkPlace } from '../stack/places.ts'
import type { RegisteredTag } from '../stack/register.ts'

/** A tag that was out of coverage: what it had sent before, what it sends first when it is back, and what it had stored. */
export interface BacklogTag {
  readonly plan: PlannedTag
  /** Whether its wearer was in the first zone for some minutes while it was out of coverage. */
  readonly entered: boolean
  /** Messages of before and after. */
  readonly around: readonly string[]
  /** Messages of what was stored, in the order in which they are sent. */
  readonly stored: readonly string[]
  /** Fixes of all those messages. */
  readonly fixes: number
}

const MINUTE = 60_000
/** Minutes of the backlog in which who enters is in the zone. */
const IN_ZONE = { from: 25, to: 37 }
/** Fixes in one message: tags differ. */
const SIZES = [10, 20, 30, 60]
const ROUND_MS = 600_000

/** `now`: epoch ms at which it is back. One fix a minute, `minutes` of them stored; of each four tags one sends them newest first. */
export function planBacklog(
  tag: RegisteredTag,
  index: number,
  { now, minutes }: { now: number; minutes: number },
): BacklogTag {
  const entered = index % 2 === 0
  const storedAt = (minute: number) => now - (minutes + 1 - minute) * MINUTE
  const placeAt = (minute: number): Place =>
    entered && minute >= IN_ZONE.from && minute <= IN_ZONE.to
      ? entryPlace(tag.home)
      : walkPlace(tag.home, storedAt(minute) / ROUND_MS)
  const size = SIZES[index % SIZES.length] ?? minutes
  const stored: string[] = []
  for (let from = 1; from <= minutes; from += size) {
    const numbers = Array.from({ length: Math.min(size, minutes + 1 - from) }, (_, place) => from + place)
    stored.push(`[${numbers.map(minute => fixJson(placeAt(minute), storedAt(minute), minute)).join(',')}]`)
  }
  if (index % 4 === 3) stored.reverse()
  const around = [0, minutes + 1].map(minute => fixJson(walkPlace(tag.home, 0), storedAt(minute), minute))
  return { plan: { ...tag, entry: null }, entered, around, stored, fixes: minutes + 2 }
}

const fixJson = ({ lon, lat }: Place, at: number, seq: number): string =>
  `{"time":"${new Date(at).toISOString()}","lat":${lat.toFixed(6)},"lon":${lon.toFixed(6)},"accuracy":6,"source":"gnss","seq":${seq}}`
