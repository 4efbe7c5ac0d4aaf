/** How long nothing came, held against how long that happens anyway. All in milliseconds, by a clock that nobody can set. */
export interface Gaps {
  received(): void
  silentMs(): number
  /** Longer than this is not to be expected. */
  limitMs(): number
}

const MINUTE_MS = 60_000
/** Minutes of which the longest gap is remembered. */
const REMEMBERED = 10
/** Below this nothing is said, however busy it was: operators are told within 15 s, and a network hiccup is no blindness. */
const LEAST_MS = 8_000
/** How much longer than the longest gap of the last minutes a gap has to be. */
const FACTOR = 1.5
/** Shorter gaps teach nothing, and come by the thousand. */
const COUNTED_MS = 50

/**
 * 200 tags that report once a minute leave gaps of 2 s; the same tags in step with each other gaps of 60 s, and five tags something in
 * between. So what is to be expected is learnt: the longest gap of the last ten minutes, and half as much again. `firstMs`: the limit
 * for as long as that itself, in which there is yet too little to learn from.
 */
export function createGaps(elapsed: () => number, firstMs: () => number): Gaps {
  const longest = new Array<number>(REMEMBERED).fill(0)
  const begunAt = elapsed()
  let minute = Math.floor(begunAt / MINUTE_MS)
  let lastAt = begunAt

  const turn = () => {
    const now = Math.floor(elapsed() / MINUTE_MS)
    for (let at = Math.max(minute + 1, now - REMEMBERED + 1); at <= now; at++) longest[at % REMEMBERED] = 0
    minute = now
  }
  const limitMs = () => {
    if (elapsed() - begunAt < firstMs()) return firstMs()
    turn()
    return Math.max(LEAST_MS, Math.max(...longest) * FACTOR)
  }
  /** What was too long was told. It widens what is expected by half, so that tags with a new plan are not told of for ever. */
  const learn = (gapMs: number) => {
    const countedMs = Math.min(gapMs, limitMs())
    turn()
    const slot = minute % REMEMBERED
    longest[slot] = Math.max(longest[slot] ?? 0, countedMs)
  }
  return {
    received: () => {
      const gapMs = elapsed() - lastAt
      if (gapMs >= COUNTED_MS) learn(gapMs)
      lastAt = elapsed()
    },
    silentMs: () => elapsed() - lastAt,
    limitMs,
  }
}
