import type { PlannedTag } from '../generator/messages.ts'
import { entryPlace } from '../stack/places.ts'
import type { RegisteredTag } from '../stack/register.ts'

export interface EntryPlan {
  readonly entriesPerSecond: number
  readonly warmUpMs: number
  readonly windowMs: number
}

/** Entries end a little before the window does, so that the last ones are seen within it. */
const LAST_ENTRY = 0.95

/** Spreads entries evenly over the window and over the wearers; each wearer walks into a zone once at most, and stays. */
export function planEntries(
  tags: readonly RegisteredTag[],
  { entriesPerSecond, warmUpMs, windowMs }: EntryPlan,
): readonly PlannedTag[] {
  const least = entriesPerSecond > 0 ? 1 : 0
  const entries = Math.min(tags.length, Math.max(least, Math.floor((entriesPerSecond * windowMs) / 1_000)))
  const moments = new Map(
    Array.from({ length: entries }, (_, entry) => [
      Math.floor((entry * tags.length) / entries),
      Math.round(warmUpMs + (LAST_ENTRY * windowMs * entry) / entries),
    ]),
  )
  return tags.map((tag, index) => {
    const afterMs = moments.get(index)
    return { ...tag, entry: afterMs === undefined ? null : { place: entryPlace(tag.home), afterMs } }
  })
}
