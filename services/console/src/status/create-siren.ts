import type { Incident, ProvisionalAlert, Severity } from '@cordon/contract'
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
/** An episode that calls no more is remembered for so long: between the two words of one there may be a minute, not ten. */
const rememberedMs = 10 * 60_000

/**
 * When which tone is due. Whatever goes on, or came in time, sounds at once and by itself, and critical ones go on sounding until they
 * are taken. What came late and is over sounds once for all that come together: after an outage hundreds do, and the one that happens now
 * must not drown in them. While such ones are single rows of the queue they are repeated like any other; as a group they are not.
 * An episode is heard once: its incident does not sound again where it was told before it was on record.
 */
export function createSiren(play: (tone: SirenTone) => void, now: () => number): Siren {
  const ears = { critical: createEar(now), serious: createEar(now) }
  let timer: ReturnType<typeof setInterval> | undefined

  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }
  return {
    update: calls => {
      const groups = groupLate(calls.incidents).map(({ incidents }) => incidents.map(keyOf))
      const grouped = new Set(groups.flat())
      const critical = sortCalls(calls, 'critical')
      const isCritical = ears.critical(critical, groups)
      // both tones at once would be neither
      const isSerious = ears.serious(sortCalls(calls, 'serious'), groups) && !isCritical
      if (isCritical) play('critical')
      if (isSerious) play('serious')
      const repeats = critical.live.length > 0 || critical.late.some(key => !grouped.has(key))
      if (isCritical || !repeats) stop()
      if (repeats) timer ??= setInterval(() => play('critical'), repeatMs)
    },
    stop,
  }
}

type Sorted = { readonly live: readonly string[]; readonly late: readonly string[] }

function sortCalls({ incidents, provisional }: Calls, severity: Severity): Sorted {
  const calling = incidents.filter(incident => incident.severity === severity && isCalling(incident))
  const alerts = severity === 'critical' ? provisional.map(({ episodeId }) => episodeId) : []
  return {
    live: [...calling.filter(incident => !isLateAndOver(incident)).map(keyOf), ...alerts],
    late: calling.filter(isLateAndOver).map(keyOf),
  }
}

const keyOf = ({ episodeId }: Incident): string => episodeId

/** Tells whether something is to be heard that was not heard before. `groups` are those of the queue, by the keys of their incidents. */
function createEar(now: () => number) {
  /** When each was last calling. */
  const heard = new Map<string, number>()
  let lateAtMs = Number.NEGATIVE_INFINITY
  return ({ live, late }: Sorted, groups: readonly (readonly string[])[]): boolean => {
    const isNew = (key: string) => !heard.has(key)
    // what joins a group later that was heard is not news
    const known = new Set(groups.filter(keys => keys.some(key => heard.has(key))).flat())
    const freshLate = late.filter(isNew)
    const isWave = now() - lateAtMs < togetherMs
    const sounds = live.some(isNew) || (!isWave && freshLate.some(key => !known.has(key)))
    if (freshLate.length > 0) lateAtMs = now()
    for (const key of [...live, ...late]) heard.set(key, now())
    for (const [key, atMs] of heard) if (now() - atMs > rememberedMs) heard.delete(key)
    return sounds
  }
}
