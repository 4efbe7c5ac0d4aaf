import { createRandom } from '../random/create-random.ts'
import { isUnderWay, type Trouble, type TroubleKind, type TroublePlanner } from './trouble.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** The last trouble of a day begins this long before its end, and so ends in it. */
const LATEST_MS = DAY_MS - 180 * MINUTE_MS

interface Habit {
  /** Of tags, each day. */
  readonly share: number
  readonly minMs: number
  readonly maxMs: number
}

const lasting = (share: number, min: number, max: number): Habit => ({
  ...{ share, minMs: min * MINUTE_MS, maxMs: max * MINUTE_MS },
})

const HABITS: Readonly<Record<TroubleKind, Habit>> = {
  'strap-cut': lasting(0.01, 2, 20),
  'case-open': lasting(0.003, 1, 5),
  'power-off': lasting(0.01, 10, 60),
  'no-signal': lasting(0.03, 20, 90),
  'weak-battery': lasting(0.03, 60, 120),
}

/** Each kind on its share of tags, at most once a day (of UTC), at a time that only the seed knows. */
export function createDailyTroubles(seed: number): TroublePlanner {
  const troubleOn = (day: number, tagId: string, kind: TroubleKind): Trouble | undefined => {
    const random = createRandom('trouble', seed, tagId, kind, day)
    const { share, minMs, maxMs } = HABITS[kind]
    if (!random.chance(share)) return undefined
    const from = Math.round(day * DAY_MS + random.between(0, LATEST_MS))
    return { kind, from, to: from + Math.round(random.between(minMs, maxMs)) }
  }
  return {
    planFor: ({ tagId }) => {
      const known = new Map<TroubleKind, { readonly day: number; readonly trouble: Trouble | undefined }>()
      return {
        at: (kind, time) => {
          const day = Math.floor(time / DAY_MS)
          const before = known.get(kind)
          const trouble = before?.day === day ? before.trouble : troubleOn(day, tagId, kind)
          known.set(kind, { day, trouble })
          return trouble !== undefined && isUnderWay(trouble, time) ? trouble : undefined
        },
      }
    },
  }
}
