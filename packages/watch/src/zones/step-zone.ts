import type { NearMiss } from '@cordon/contract'
import type { ConditionGroup } from '../condition/condition-group.ts'
import type { WatchPolicy } from '../policy/policy.ts'
import { beginEpisode, depthOf, evidenceOf, grown, isOpen, kindOf, RANKS, tellEpisode } from './episode.ts'
import type { ConditionMemory, Episode, Looks, NearStretch } from './memory.ts'
import { beginNear, extendNear } from './near-stretch.ts'
import { type Reading, sightingOf } from './reading.ts'
import { rounded } from './rounded.ts'
import { fixesOf, type Scene } from './scene.ts'
import { doubtText, insideText, leftText, nearMissText, type Said, unconfirmedText } from './text.ts'

/*
 * What is remembered of one condition moves like this, fix by fix in the order of measurement:
 *
 *   nothing, near ── inside ────────────▶ open     raised as possible; what was near is part of its evidence
 *   nothing ── near ────────────────────▶ near     counted; told as a near miss when it is over (step-clock.ts)
 *   open ── inside ─────────────────────▶ open     confirmed once the independent looks suffice; depth, time, extent counted
 *   open ── out, often enough ──────────▶ ended    at its last fix inside; a possible closes itself
 *   open ── in doubt ───────────────────▶ open     neither in nor out; a possible that stays so closes itself
 *   ended ── inside within the rejoin time ▶ open  the same incident, one more entry
 *
 * "Inside" is past the boundary or in the buffer, and the kind only grows, from buffer entry to breach. Only measured time
 * moves anything here, so a batch that was uploaded late is judged as if it had come fix by fix.
 */
export function stepZone(memory: ConditionMemory, reading: Reading, scene: Scene): ConditionMemory {
  const { conditionId, near, episode } = memory
  const seen = { conditionId, belief: reading.belief, looks: nextLooks(memory.looks, reading), near, episode }
  if (reading.place !== 'before' && !isInGrace(seen, reading)) return goInside(seen, reading, scene)
  if (isOpen(seen.episode)) return leaveOrDoubt(seen, seen.episode, { reading, scene })
  if (!reading.isNear) return seen
  return { ...seen, near: seen.near === null ? beginNear(reading) : extendNear(seen.near, reading) }
}

/** An absence within the first minutes of its hours is only a near miss: the clock raises it when they are over. */
function isInGrace({ episode }: ConditionMemory, { group, force, policy, sight }: Reading): boolean {
  return group.kind === 'inclusion' && !isOpen(episode) && sight.at < force.from + policy.absenceGraceMs
}

/**
 * Errors that are alike prove nothing new: after t a further proof counts for 1 − exp(−t / correlation time). A wearer who
 * walks in is confirmed by the second or third fix; a still tag must stay for minutes. A cell-tower fix is never a proof.
 */
function nextLooks(looks: Looks | null, { place, isProof, isOut, motion, policy }: Reading): Looks | null {
  if (place === 'before') return isOut ? null : looks
  if (!isProof) return looks
  if (looks === null || (looks.of === 'buffer' && place === 'past')) return { of: place, count: 1 }
  if (looks.of === 'past' && place === 'buffer') return looks
  const more = motion === null ? 0 : 1 - Math.exp(-motion.elapsedMs / motion.correlationMs)
  return { of: looks.of, count: rounded(Math.min(looks.count + more, policy.looksToConfirm), 1_000) }
}

function goInside(memory: ConditionMemory, reading: Reading, scene: Scene): ConditionMemory {
  const { group } = reading
  const before = memory.episode
  const bare = before === null ? beginEpisode(memory, reading, '') : withInside(before, memory, reading)
  const certainty = certaintyOf(before, bare, { looks: memory.looks, reading })
  const counted = certainty === bare.certainty ? bare : { ...bare, certainty }
  const text = before === null ? insideText([], saidOf(reading)) : textOf(before, counted, reading)
  const episode = text === counted.text ? counted : { ...counted, text }
  tellEpisode(episode, group, scene)
  const { conditionId, belief, looks } = memory
  return { conditionId, belief, looks, near: null, episode }
}

/** Certainty is of the kind that is named: a buffer entry that grows into a breach has to be proved again, past the boundary. */
function certaintyOf(
  before: Episode | null,
  { kind }: Episode,
  { looks, reading }: { looks: Looks | null; reading: Reading },
): Episode['certainty'] {
  if (before?.kind === kind && before.certainty === 'confirmed') return 'confirmed'
  const isOfKind = looks !== null && (kind === 'buffer-entry' || looks.of === 'past')
  return isOfKind && looks.count >= reading.policy.looksToConfirm ? 'confirmed' : 'possible'
}

function withInside(episode: Episode, memory: ConditionMemory, reading: Reading): Episode {
  const { at } = reading.sight
  const here = kindOf(reading)
  const isBack = episode.ended !== null
  const grows = RANKS[here] > RANKS[episode.kind]
  const since = isBack || episode.outside !== null ? at : episode.lastInsideAt
  const { certainty, beganAt, text } = episode
  return {
    kind: grows ? here : episode.kind,
    certainty,
    beganAt,
    // the breach happened now; that the buffer was entered before is in the record of the incident's changes
    happenedAt: grows ? at : episode.happenedAt,
    lastInsideAt: at,
    ended: null,
    proved: nextProved(grows ? null : episode.proved, reading, RANKS[here] >= RANKS[episode.kind]),
    entries: isBack ? episode.entries + 1 : episode.entries,
    fixes: episode.fixes + 1,
    restsOn: episode.restsOn | (memory.near?.restsOn ?? 0) | 1,
    // back in the buffer is no better evidence of a breach than the breach was
    sighting: RANKS[here] < RANKS[episode.kind] ? episode.sighting : sightingOf(reading),
    greatestDepthM: Math.max(episode.greatestDepthM, depthOf(reading)),
    insideMs: reading.place === 'past' ? episode.insideMs + at - since : episode.insideMs,
    box: grown(episode.box, reading),
    outside: null,
    text,
  }
}

function nextProved(proved: Episode['proved'], { isProof, sight }: Reading, isOfKind: boolean): Episode['proved'] {
  return isProof && isOfKind ? { from: proved?.from ?? sight.at, to: sight.at } : proved
}

function textOf(before: Episode, after: Episode, reading: Reading): string {
  const isWorse = after.greatestDepthM > before.greatestDepthM
  if (
    !isWorse &&
    after.entries === before.entries &&
    after.kind === before.kind &&
    after.certainty === before.certainty
  )
    return before.text
  const news = [
    after.entries === before.entries ? '' : `entry ${after.entries}`,
    after.kind === before.kind || before.kind !== 'buffer-entry' ? '' : 'from the buffer into a breach',
    after.certainty === 'confirmed' && before.certainty === 'possible' ? 'confirmed by further independent fixes' : '',
  ].filter(Boolean)
  return insideText(news, saidOf(reading))
}

function leaveOrDoubt(
  memory: ConditionMemory,
  episode: Episode,
  { reading, scene }: { reading: Reading; scene: Scene },
): ConditionMemory {
  const next = reading.isOut ? goOutside(episode, reading) : stayInDoubt(episode, reading)
  if (next.ended === null) return { ...memory, episode: next }
  tellEpisode(next, reading.group, scene)
  return { ...memory, looks: null, near: null, episode: next }
}

/**
 * A fix away from zone and buffer: the last of enough of them ends the episode at its last fix inside. The incident keeps what it
 * was judged on: its evidence is of the breach, its text tells of the leaving.
 */
function goOutside(episode: Episode, reading: Reading): Episode {
  const { at } = reading.sight
  const { exitFixes, exitMs } = reading.policy
  const since = episode.outside?.since ?? at
  const fixes = (episode.outside?.fixes ?? 0) + 1
  const restsOn = episode.restsOn | 1
  if (fixes < exitFixes || at - since < exitMs) return { ...episode, restsOn, outside: { since, fixes } }
  const left = leftText(sightingOf(reading), { fixes, forMs: at - since }, reading.ringProbability)
  return ended({ ...episode, restsOn }, left, reading.policy)
}

function stayInDoubt(episode: Episode, reading: Reading): Episode {
  const forMs = reading.sight.at - episode.lastInsideAt
  if (episode.certainty === 'confirmed' || forMs < reading.policy.unconfirmedMs) return episode
  return ended(episode, doubtText(sightingOf(reading), forMs, reading.ringProbability), reading.policy)
}

/**
 * A possible closes itself, unless fixes proved it for a while: that they may all have had the same error is for a person to weigh.
 */
function ended(episode: Episode, text: string, { leaveToPersonMs }: WatchPolicy): Episode {
  const { proved, certainty, kind } = episode
  const isForPerson = proved !== null && proved.to - proved.from >= leaveToPersonMs
  const isMore = certainty === 'confirmed' || kind === 'visit' || isForPerson
  return {
    ...episode,
    outside: null,
    ended: { at: episode.lastInsideAt, how: isMore ? 'left' : 'unconfirmed' },
    text: isMore ? text : unconfirmedText(episode.fixes, text),
  }
}

/** Where the fix lies, which after a breach may be the buffer again, and the probability of just that. */
export function saidOf(reading: Reading): Said {
  const probability = reading.place === 'past' ? reading.pastProbability : reading.ringProbability
  return { kind: kindOf(reading), sighting: sightingOf(reading), probability }
}

export function nearMissOf(near: NearStretch, group: ConditionGroup, { context, recent }: Scene): NearMiss {
  return {
    type: 'near-miss',
    activationId: context.activation.activationId,
    conditionId: group.conditionId,
    zoneId: group.zoneId,
    from: near.from,
    to: near.to,
    fixesCounted: near.fixes,
    text: nearMissText(near),
    fixes: fixesOf(recent, near.restsOn),
    ...evidenceOf(near.sighting),
  }
}
