import { type PolicySettings, RISKS } from '@cordon/contract'
import { compileZone, zoneBox } from '@cordon/geofence'
import type { PreviewQuestion } from '@cordon/store'
import { openPolicyBook, type PolicyVersion } from '@cordon/watch'
import type { PreviewDraft } from './preview-parts.ts'

/** Metres of a degree of latitude, a little less than there are: the box must not be too small. */
const DEGREE_M = 110_000
/** Of one axis, in the radius of a 95 % circle: 2.4477, rounded down for the same reason. */
const SIGMAS_IN_CIRCLE = 2.4

/**
 * Where a fix can matter to the draft. Round a zone to keep out of, or of interest: as far as the worst circle that is believed can
 * reach into it or its buffer. A zone to stay in is judged wherever the wearer is.
 */
export function reachOf(draft: PreviewDraft): PreviewQuestion['keep'] {
  const { kind, geometry, bufferM, policies } = draft
  if (kind === 'inclusion' || kind === 'restriction') return 'all'
  const [west, south, east, north] = zoneBox(compileZone(geometry))
  const settings = settingsOf(policies)
  const farthestM = (most(settings, 'farSigmas') * most(settings, 'worstAccuracyM')) / SIGMAS_IN_CIRCLE
  const latDeg = (bufferM + farthestM) / DEGREE_M
  const lonDeg = latDeg / Math.cos((Math.min(89, Math.max(Math.abs(south), Math.abs(north)) + latDeg) * Math.PI) / 180)
  return {
    box: { west: west - lonDeg, south: south - latDeg, east: east + lonDeg, north: north + latDeg },
    after: { fixes: most(settings, 'exitFixes'), ms: most(settings, 'exitMs') },
  }
}

/** What is judged by under any version of the policy, for any risk. */
function settingsOf(policies: readonly PolicyVersion[]): readonly PolicySettings[] {
  const times = [Number.NEGATIVE_INFINITY, ...policies.map(({ from }) => from)]
  return RISKS.flatMap(risk => times.map(at => openPolicyBook(policies, risk).at(at)))
}

const most = (settings: readonly PolicySettings[], name: keyof PolicySettings): number =>
  Math.max(...settings.map(one => one[name]))
