import type { Evidence, IncidentJudgement, Judgement, NearMiss, Severity } from '@cordon/contract'
import type { WatchPolicy } from './policy.ts'
import { nearMissText } from './reason-text.ts'
import { type Episode, fixesOf, type NearStretch, type Stretch, type WatchState } from './state.ts'
import type { Activation } from './watched-condition.ts'

/** What a judgement is written with, besides what it is about. */
export interface Scene {
  readonly state: WatchState
  readonly activation: Activation
  readonly policy: WatchPolicy
}

/** What is remembered of a condition from now on, and what there is to say. */
export interface Step {
  readonly stretch: Stretch | undefined
  readonly judgements: readonly Judgement[]
}

export function incidentOf(
  episode: Episode,
  { change, text }: { change: IncidentJudgement['change']; text: string },
  scene: Scene,
): IncidentJudgement {
  const { conditionId, zoneId, kind, certainty, beganAt, happenedAt, endedAt, sighting } = episode
  const { activationId } = scene.activation
  const { fixesCounted, greatestDepthM, entries } = episode
  return {
    type: 'incident',
    change,
    // the same for the same timeline, so that a replay says the same incident and not another
    episodeId: `${activationId}:${conditionId}:${beganAt}`,
    activationId,
    conditionId,
    zoneId,
    zoneVersion: sighting.zoneVersion,
    kind,
    severity: severityOf(episode),
    certainty,
    happenedAt,
    receivedAt: sighting.receivedAt,
    endedAt,
    late: false,
    reason: { ...evidenceOf(episode, scene), text, fixesCounted, greatestDepthM, entries },
  }
}

export function nearMissOf(near: NearStretch, scene: Scene): NearMiss {
  const { conditionId, zoneId, from, to, fixesCounted } = near
  const { activationId } = scene.activation
  const about = { activationId, conditionId, zoneId, from, to, fixesCounted }
  return { type: 'near-miss', ...evidenceOf(near, scene), ...about, text: nearMissText(near) }
}

function evidenceOf(stretch: Stretch, { state, policy }: Scene): Evidence {
  const { receivedAt: _, ...sighting } = stretch.sighting
  return { fixes: fixesOf(state, stretch), ...sighting, policyVersion: policy.version }
}

function severityOf({ kind, certainty }: Episode): Severity {
  if (kind === 'buffer-entry') return 'warning'
  return certainty === 'confirmed' ? 'critical' : 'serious'
}
