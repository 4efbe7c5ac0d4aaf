import type { Conclusion, Severity, ZoneReason } from '@cordon/contract'
import { flatDistanceM } from '../belief/flat-distance.ts'
import type { ConditionGroup } from '../condition/condition-group.ts'
import type { EpisodeView } from '../told/episode-view.ts'
import type { ConditionMemory, Ending, Episode, EpisodeKind, Sighting } from './memory.ts'
import { type Reading, sightingOf } from './reading.ts'
import { rounded } from './rounded.ts'
import { fixesOf, type Scene } from './scene.ts'

export const isOpen = (episode: Episode | null): episode is Episode => episode !== null && episode.ended === null
export const isOver = (episode: Episode | null): episode is Episode & { readonly ended: Ending } =>
  episode !== null && episode.ended !== null

/** Falling back into the buffer neither ends nor softens a breach: within one episode the kind only grows. */
export const RANKS: Record<EpisodeKind, number> = {
  'possible-transit': 0,
  'buffer-entry': 1,
  'exclusion-breach': 2,
  'restriction-breach': 2,
  'inclusion-absence': 2,
  visit: 2,
}

export function kindOf({ place, group }: Pick<Reading, 'place' | 'group'>): EpisodeKind {
  if (place === 'buffer') return 'buffer-entry'
  switch (group.kind) {
    case 'exclusion':
      return 'exclusion-breach'
    case 'restriction':
      return 'restriction-breach'
    case 'inclusion':
      return 'inclusion-absence'
    case 'interest':
      return 'visit'
  }
}

export function depthOf({ place, marginM }: Reading): number {
  return place === 'past' ? rounded(Math.max(0, -marginM), 10) : 0
}

type Box = Episode['box']

export function grown(box: Box, { place, sight }: Reading): Box {
  if (place !== 'past') return box
  const lon = rounded(sight.lon, 1e5)
  const lat = rounded(sight.lat, 1e5)
  if (box === null) return [lon, lat, lon, lat]
  return [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)]
}

/** The first fix inside. What was near before it is part of its evidence. */
export function beginEpisode(memory: ConditionMemory, reading: Reading, text: string): Episode {
  const { at } = reading.sight
  return {
    kind: kindOf(reading),
    certainty: 'possible',
    beganAt: at,
    happenedAt: at,
    lastInsideAt: at,
    ended: null,
    proved: reading.isProof ? { from: at, to: at } : null,
    entries: 1,
    fixes: 1,
    restsOn: (memory.near?.restsOn ?? 0) | 1,
    sighting: sightingOf(reading),
    greatestDepthM: depthOf(reading),
    insideMs: 0,
    box: grown(null, reading),
    outside: null,
    text,
  }
}

/** Hands the episode on to be told. */
export function tellEpisode(episode: Episode, group: ConditionGroup, scene: Scene): void {
  scene.tell.episode(viewOf(episode, group, scene))
}

export function viewOf(episode: Episode, group: ConditionGroup, scene: Pick<Scene, 'recent'>): EpisodeView {
  return new ZoneView(episode, group, scene.recent)
}

/** A view whose reason is made up when it is read: of a hundred fixes inside, one has something to tell. */
class ZoneView implements EpisodeView {
  readonly subject: string
  readonly kind: EpisodeView['kind']
  readonly severity: Severity
  readonly certainty: EpisodeView['certainty']
  readonly beganAt: number
  readonly happenedAt: number
  readonly receivedAt: number
  readonly endedAt: number | null
  readonly conclusion: Conclusion | null
  readonly conditionId: EpisodeView['conditionId']
  readonly zoneId: EpisodeView['zoneId']
  readonly zoneVersion: number
  readonly brief: Episode
  readonly recent: Scene['recent']

  constructor(episode: Episode, group: ConditionGroup, recent: Scene['recent']) {
    const { ended, sighting } = episode
    this.subject = group.conditionId
    this.kind = episode.kind
    this.severity = severityOf(episode)
    this.certainty = episode.certainty
    this.beganAt = episode.beganAt
    this.happenedAt = episode.happenedAt
    this.receivedAt = sighting.receivedAt
    this.endedAt = ended === null ? null : ended.at
    this.conclusion = ended === null ? null : ended.how
    this.conditionId = group.conditionId
    this.zoneId = group.zoneId
    this.zoneVersion = sighting.zoneVersion
    this.brief = episode
    this.recent = recent
  }

  get reason(): ZoneReason {
    return reasonOf(this.brief, this)
  }
}

function reasonOf(episode: Episode, { recent }: { readonly recent: Scene['recent'] }): ZoneReason {
  const { sighting, box } = episode
  return {
    text: episode.text,
    fixes: fixesOf(recent, episode.restsOn),
    ...evidenceOf(sighting),
    fixesCounted: episode.fixes,
    greatestDepthM: episode.greatestDepthM,
    insideMs: episode.insideMs,
    extentM: box === null ? 0 : extentM(box),
    entries: episode.entries,
    beganAt: episode.beganAt,
  }
}

export function evidenceOf(sighting: Sighting): Omit<Sighting, 'at' | 'receivedAt'> {
  const { distanceM, accuracyM, accuracyAssumed, probability, zoneVersion, policyVersion, hours } = sighting
  return { distanceM, accuracyM, accuracyAssumed, probability, zoneVersion, policyVersion, hours }
}

/** Metres from corner to corner. */
const extentM = ([west, south, east, north]: NonNullable<Box>): number =>
  rounded(flatDistanceM({ lon: west, lat: south }, { lon: east, lat: north }), 1)

/** A person near a victim comes before a person late home, and a proof, if only one, before what is merely likely. */
function severityOf({ kind, certainty, proved }: Episode): Severity {
  switch (kind) {
    case 'exclusion-breach':
    case 'restriction-breach':
      if (certainty === 'confirmed') return 'critical'
      return proved !== null ? 'serious' : 'warning'
    case 'inclusion-absence':
      return certainty === 'confirmed' ? 'serious' : 'warning'
    case 'buffer-entry':
      return 'warning'
    case 'possible-transit':
    case 'visit':
      return 'message'
  }
}
