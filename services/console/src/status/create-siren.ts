import type { Incident, ProvisionalAlert } from '@cordon/contract'
import { isCalling } from '../incidents/due.ts'
import { groupLate, isLateAndOver } from '../incidents/late-groups.ts'
import type { SirenTone } from './siren.ts'

/** What the screen shows of what somebody has to take. */
export type Calls = {
  readonly incidents: readonly Incident[]
  readonly provisional: readonly Pick<ProvisionalAlert, 'episodeId'>[]
}

export type Siren = {
  /** To be told of every change. */
  readonly update: (calls: Calls) => void
  readonly stop: () => void
}

/** Critical repeats until somebody has taken it; often enough to be noticed, seldom enough to speak between. */
const repeatMs = 4_000
/** Late ones that come within so long of the last one are of one wave: they have been heard. */
const togetherMs = 10_000
/** Episodes that are remembered, far more than a screen ever shows. */
const mostHeard = 20_000

/**
 * When which tone is due. Whatever goes on, or came in time, sounds at once and by itself; critical ones go on sounding until they are
 * taken. What came late and is over sounds once for all that come together: after an outage hundreds do, and the one that happens now
 * must not drown in them. While such ones are single rows of the queue they are repeated like any other; as a group they are not.
 * An episode is heard once: its incident does not sound again where it was told before it was on record.
 */
export function createSiren(play: (tone: SirenTone) => void, now: () => number): Siren {
  const heard = new Set<string>()
  let lateAtMs = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setInterval> | undefined

  const repeat = (isDue: boolean, isAnew: boolean) => {
    if (timer !== undefined && (!isDue || isAnew)) {
      clearInterval(timer)
      timer = undefined
    }
    if (isDue) timer ??= setInterval(() => play('critical'), repeatMs)
  }
  /** Whether one of them is to be heard now. */
  const hear = ({ live, late, groups }: Sorted): boolean => {
    const joined = new Set(groups.filter(group => group.some(id => heard.has(id))).flat())
    const isNew = (id: string) => !heard.has(id)
    const comesLate = late.filter(isNew)
    const isWave = now() - lateAtMs < togetherMs || comesLate.every(id => joined.has(id))
    const sounds = live.some(isNew) || (comesLate.length > 0 && !isWave)
    if (comesLate.length > 0) lateAtMs = now()
    for (const id of [...live, ...late]) heard.add(id)
    return sounds
  }
  return {
    update: calls => {
      const before = lateAtMs
      const critical = sortCalls(calls, 'critical')
      const serious = sortCalls(calls, 'serious')
      const isCritical = hear(critical)
      const waveOfCritical = lateAtMs
      // both tones at once would be neither; a wave is one, whatever is in it
      lateAtMs = before
      const isSerious = hear(serious) && !isCritical
      lateAtMs = Math.max(lateAtMs, waveOfCritical)
      if (isCritical) play('critical')
      if (isSerious) play('serious')
      repeat(critical.live.length > 0 || critical.single.length > 0, isCritical)
      forgetOldest(heard)
    },
    stop: () => repeat(false, false),
  }
}
