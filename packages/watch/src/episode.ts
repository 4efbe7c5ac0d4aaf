import { incidentOf, type Scene, type Step } from './evidence.ts'
import type { WatchPolicy } from './policy.ts'
import { type Reading, rounded } from './reading.ts'
import { insideText, lapsedText, leftText } from './reason-text.ts'
import type { Episode, EpisodeKind, Sighting } from './state.ts'
import type { Lapse } from './watched-condition.ts'

/** The first fix inside. `restsOn`: the recent fixes that were near before it. */
export function beginEpisode(reading: Reading, restsOn: number, scene: Scene): Step {
  const { condition, measuredAt, sighting } = reading
  const greatestDepthM = depthOf(reading)
  const episode: Episode = {
    phase: 'episode',
    conditionId: condition.conditionId,
    zoneId: condition.zoneId,
    restsOn: restsOn | 1,
    fixesCounted: 1,
    sighting,
    kind: kindOf(reading),
    certainty: 'possible',
    beganAt: measuredAt,
    happenedAt: measuredAt,
    lastInsideAt: measuredAt,
    endedAt: null,
    entries: 1,
    greatestDepthM,
    toldDepthM: greatestDepthM,
    toldAt: measuredAt,
    provedAt: reading.isProof ? measuredAt : null,
    outside: null,
  }
  const text = insideText([], saidOf(reading))
  return { stretch: episode, judgements: [incidentOf(episode, { change: 'raised', text }, scene)] }
}

/** A fix past the boundary or in the buffer: counted, and told if a person should see what it changed. */
export function stayInside(episode: Episode, reading: Reading, scene: Scene): Step {
  const counted = withInside(episode, reading, scene.policy)
  const news = newsOf(episode, counted, scene.policy)
  if (news.length === 0) return { stretch: counted, judgements: [] }
  const told = { ...counted, toldDepthM: counted.greatestDepthM, toldAt: reading.measuredAt }
  const text = insideText(news, saidOf(reading))
  return { stretch: told, judgements: [incidentOf(told, { change: 'changed', text }, scene)] }
}

/**
 * A fix away from zone and buffer: the last of enough of them ends the episode at its last fix inside. The incident keeps what it
 * was judged on: its evidence is of the breach, its text tells of the leaving.
 */
export function goOutside(episode: Episode, reading: Reading, scene: Scene): Step {
  const { measuredAt, sighting, ringProbability } = reading
  const since = episode.outside?.since ?? measuredAt
  const fixes = (episode.outside?.fixes ?? 0) + 1
  const restsOn = episode.restsOn | 1
  const forMs = measuredAt - since
  if (fixes < scene.policy.exitFixes || forMs < scene.policy.exitMs) {
    return { stretch: { ...episode, restsOn, outside: { since, fixes } }, judgements: [] }
  }
  const ended = { ...episode, restsOn, outside: null, endedAt: episode.lastInsideAt }
  const text = leftText(sighting, { fixes, forMs }, ringProbability)
  return { stretch: ended, judgements: [incidentOf(ended, { change: 'ended', text }, scene)] }
}

/** The condition stopped holding under an open episode. */
export function lapse(episode: Episode, { at, why }: { at: number; why: Lapse }, scene: Scene): Step {
  const ended = { ...episode, endedAt: at }
  return { stretch: ended, judgements: [incidentOf(ended, { change: 'ended', text: lapsedText(why) }, scene)] }
}

/** An episode that the clock has ended is still open for a fix that was measured before that and comes late. */
export function isOpenAt({ endedAt }: Episode, at: number): boolean {
  return endedAt === null || at <= endedAt
}

function withInside(episode: Episode, reading: Reading, policy: WatchPolicy): Episode {
  const { measuredAt, place } = reading
  const isBack = !isOpenAt(episode, measuredAt)
  return {
    ...episode,
    ...withProof(episode, reading, policy),
    restsOn: episode.restsOn | 1,
    fixesCounted: episode.fixesCounted + 1,
    // back in the buffer is no better evidence of a breach than the breach was
    sighting: place === 'buffer' && episode.kind !== 'buffer-entry' ? episode.sighting : reading.sighting,
    lastInsideAt: measuredAt,
    // also where the clock had ended it later than this fix: it will again, and tell all that was counted
    endedAt: null,
    entries: isBack ? episode.entries + 1 : episode.entries,
    greatestDepthM: Math.max(episode.greatestDepthM, depthOf(reading)),
    outside: null,
  }
}

/**
 * Certainty is of the kind that is named: a buffer entry that grows into a breach has to be proved again, by fixes past
 * the boundary. The second proof must be `corroborationMs` from the first, for errors closer in time are the same error.
 */
function withProof(
  episode: Episode,
  reading: Reading,
  { corroborationMs }: WatchPolicy,
): Pick<Episode, 'kind' | 'certainty' | 'provedAt' | 'happenedAt'> {
  const { measuredAt, place, isProof } = reading
  const { kind, certainty, provedAt, happenedAt } = episode
  if (kind === 'buffer-entry' && place === 'past') {
    // the breach happened now; that the buffer was entered before is in the record of the incident's changes
    return {
      kind: kindOf(reading),
      certainty: 'possible',
      provedAt: isProof ? measuredAt : null,
      happenedAt: measuredAt,
    }
  }
  if (!isProof || (kind !== 'buffer-entry' && place === 'buffer')) return { kind, certainty, provedAt, happenedAt }
  if (provedAt === null) return { kind, certainty, provedAt: measuredAt, happenedAt }
  return { kind, certainty: measuredAt - provedAt >= corroborationMs ? 'confirmed' : certainty, provedAt, happenedAt }
}

function newsOf(before: Episode, after: Episode, { deeperFactor, deeperEveryMs, deeperFromM }: WatchPolicy): string[] {
  const deepM = deeperFactor * Math.max(after.toldDepthM, deeperFromM)
  const isDeeper = after.greatestDepthM >= deepM && after.lastInsideAt - after.toldAt >= deeperEveryMs
  return [
    after.entries === before.entries ? '' : `entry ${after.entries}`,
    after.kind === before.kind ? '' : 'from the buffer into a breach',
    after.certainty === 'confirmed' && before.certainty === 'possible' ? 'confirmed by a second proof' : '',
    isDeeper ? `deeper, ${Math.round(after.greatestDepthM)} m at most` : '',
  ].filter(Boolean)
}

function kindOf({ place, condition }: Reading): EpisodeKind {
  if (place === 'buffer') return 'buffer-entry'
  return condition.kind === 'exclusion' ? 'exclusion-breach' : 'restriction-breach'
}

function depthOf({ place, marginM }: Reading): number {
  return place === 'past' ? rounded(-marginM, 10) : 0
}

/** Where the fix lies, which after a breach may be the buffer again, and the probability of just that. */
function saidOf(reading: Reading): { where: EpisodeKind; sighting: Sighting; probability: number } {
  const { place, sighting, pastProbability, ringProbability } = reading
  return { where: kindOf(reading), sighting, probability: place === 'past' ? pastProbability : ringProbability }
}
