/** Degrees. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** An hour of a track. `hour`: epoch milliseconds of its beginning. */
export interface HourBox extends Box {
  readonly hour: number
  readonly fixes: number
}

/** What ends an episode comes after it: so many fixes, over so long. */
export interface Afterwards {
  readonly fixes: number
  readonly ms: number
}

/**
 * Which hours of one activation's track (those with fixes, oldest first) are judged alike with and without the others: any two fixes
 * that follow each other, and between which the straight way may touch the box, stay, and so does what lies around them.
 *
 * A way from one fix to the next lies within the two hours' common rectangle, so hours whose rectangle with the next touches the box
 * stay. Hours left out between two that stay must not make up a way that nobody took: they stay too when the rectangle of the two
 * touches the box. (Each of those two is clear of the box by itself, or its neighbour would have stayed.)
 *
 * After a stretch that stays, `after` stays as well: a wearer who has left is known to have left by the fixes that follow.
 */
export function keepHours(hours: readonly HourBox[], box: Box, after: Afterwards): readonly boolean[] {
  const kept = hours.map(hour => touches(hour, box))
  for (let i = 1; i < hours.length; i++) {
    if (touchTogether(hours, [i - 1, i], box)) {
      kept[i - 1] = true
      kept[i] = true
    }
  }
  return fillGaps(hours, withAfterwards(hours, kept, after), box)
}

function withAfterwards(hours: readonly HourBox[], kept: readonly boolean[], after: Afterwards): boolean[] {
  let fixes = after.fixes
  let until = Number.NEGATIVE_INFINITY
  return hours.map((hour, i) => {
    if (kept[i] === true) {
      fixes = 0
      until = hour.hour + HOUR_MS + after.ms
      return true
    }
    const stays = fixes < after.fixes || hour.hour < until
    fixes += hour.fixes
    return stays
  })
}

const HOUR_MS = 3_600_000

function fillGaps(hours: readonly Box[], kept: boolean[], box: Box): readonly boolean[] {
  let before = kept.indexOf(true)
  if (before < 0) return kept
  for (let i = before + 1; i < hours.length; i++) {
    if (kept[i] !== true) continue
    if (touchTogether(hours, [before, i], box)) kept.fill(true, before, i)
    before = i
  }
  return kept
}

function touchTogether(hours: readonly Box[], [a, b]: readonly [number, number], box: Box): boolean {
  const [one, other] = [hours[a], hours[b]]
  return one !== undefined && other !== undefined && touches(together(one, other), box)
}

const together = (a: Box, b: Box): Box => ({
  west: Math.min(a.west, b.west),
  south: Math.min(a.south, b.south),
  east: Math.max(a.east, b.east),
  north: Math.max(a.north, b.north),
})

const touches = (a: Box, b: Box): boolean =>
  a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
