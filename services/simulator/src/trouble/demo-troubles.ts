import { createBattery } from '../error/battery.ts'
import { createEverydayLife } from '../life/everyday-life.ts'
import type { Wearer } from '../people/wearer.ts'
import { createRandom, shuffled } from '../random/create-random.ts'
import { isUnderWay, TROUBLE_KINDS, type TroubleKind, type TroublePlanner } from './trouble.ts'

const MINUTE_MS = 60_000

/** One tag after the other: the first so long after the start, the next after each beat. */
interface Beat {
  readonly firstMs: number
  readonly everyMs: number
  readonly lastsMs: number
}

const beat = (firstMin: number, everyMin: number, lastsMin: number): Beat => ({
  ...{ firstMs: firstMin * MINUTE_MS, everyMs: everyMin * MINUTE_MS, lastsMs: lastsMin * MINUTE_MS },
})

/**
 * A silence begins and a battery gets low within minutes of the start, so that a newcomer sees each; a weak battery began to
 * drain an hour ago, wherever it stood then, and is put on the charger soon. Each kind is seldom enough to be dealt with.
 */
const BEATS: Readonly<Record<TroubleKind, Beat>> = {
  'no-signal': beat(0.2, 30, 12),
  'weak-battery': beat(-70, 90, 85),
  'strap-cut': beat(3, 40, 4),
  'power-off': beat(8, 45, 9),
  'case-open': beat(20, 240, 2),
}

export interface DemoTroublesOptions {
  readonly seed: number
  readonly wearers: readonly Wearer[]
  readonly startedAt: number
  /** Who has something else to show when the run starts. */
  readonly busy: ReadonlySet<string>
}

export function createDemoTroubles({ seed, wearers, startedAt, busy }: DemoTroublesOptions): TroublePlanner {
  const idle = wearers.filter(({ tagId }) => !busy.has(tagId))
  // Near its home beacon, or on the charger, a tag may be silent; of the others, who is watched most closely is missed soonest.
  const isCharged = (wearer: Wearer) => {
    const day = createEverydayLife(seed, wearer).dayOf(startedAt)
    return createBattery(seed, wearer.tagId).at(startedAt, day).isCharged
  }
  const roaming = idle.filter(({ curfew, risk }) => curfew === null && risk === 'critical')
  const missable = roaming.filter(wearer => !isCharged(wearer))
  const orders = TROUBLE_KINDS.map((kind, index) => {
    const able = kind !== 'no-signal' ? idle : missable.length > 0 ? missable : roaming
    const order = shuffled(able, createRandom('troubles', seed, startedAt, index)).map(({ tagId }) => tagId)
    return [kind, order] as const
  })
  const orderOf = new Map(orders)
  return {
    planFor: ({ tagId }) => ({
      at: (kind, time) => {
        const order = orderOf.get(kind) ?? []
        const turn = order.indexOf(tagId)
        if (turn === -1) return undefined
        const { firstMs, everyMs, lastsMs } = BEATS[kind]
        const begins = startedAt + firstMs + turn * everyMs
        const round = Math.max(0, Math.floor((time - begins) / (everyMs * order.length)))
        const from = begins + round * everyMs * order.length
        const trouble = { kind, from, to: from + lastsMs }
        return isUnderWay(trouble, time) ? trouble : undefined
      },
    }),
  }
}
