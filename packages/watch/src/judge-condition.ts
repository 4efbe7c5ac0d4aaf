import { beginEpisode, goOutside, isOpenAt, stayInside } from './episode.ts'
import { nearMissOf, type Scene, type Step } from './evidence.ts'
import { beginNear, extendNear, isOver } from './near-stretch.ts'
import type { Reading } from './reading.ts'
import type { Episode, NearStretch, Stretch } from './state.ts'

/*
 * What is remembered of one condition moves like this, fix by fix in the order of measurement:
 *
 *   nothing ── inside ──────────────▶ open      incident raised
 *   nothing ── near ────────────────▶ near
 *   near ───── inside ──────────────▶ open      incident raised; what was near is part of its evidence
 *   near ───── near ────────────────▶ near      counted; after an hour told and begun anew
 *   near ───── 10 min without near ─▶ nothing   near miss told
 *   open ───── inside ──────────────▶ open      counted; told when kind, certainty or (now and then) depth grew
 *   open ───── out, often enough ───▶ ended     incident ended at its last fix inside
 *   open ───── in doubt ────────────▶ open      neither in nor out: it changes nothing
 *   open, near ─ condition lapses ──▶ ended, nothing   told, at the time of the lapse (lapses.ts; the clock can do this too)
 *   ended ──── inside in 10 min ────▶ open      the same incident, one more entry
 *   ended ──── 10 min passed ───────▶ nothing   silently
 *
 * "Inside" is past the boundary or in the buffer, and within one episode the kind only grows, from buffer entry to breach:
 * falling back into the buffer neither ends nor softens it. Only measured time moves anything here, so a batch that was
 * uploaded late is judged as if it had come fix by fix.
 */
export function judgeCondition(stretch: Stretch | undefined, reading: Reading, scene: Scene): Step {
  switch (stretch?.phase) {
    case undefined:
      return fromNothing(reading, scene)
    case 'near':
      return fromNear(stretch, reading, scene)
    case 'episode':
      return fromEpisode(stretch, reading, scene)
  }
}

function fromNothing(reading: Reading, scene: Scene): Step {
  if (reading.place !== 'before') return beginEpisode(reading, 0, scene)
  return { stretch: reading.isNear ? beginNear(reading) : undefined, judgements: [] }
}

function fromNear(near: NearStretch, reading: Reading, scene: Scene): Step {
  if (isOver(near, reading.measuredAt, scene.policy)) {
    const next = fromNothing(reading, scene)
    return { stretch: next.stretch, judgements: [nearMissOf(near, scene), ...next.judgements] }
  }
  if (reading.place !== 'before') return beginEpisode(reading, near.restsOn, scene)
  return { stretch: reading.isNear ? extendNear(near, reading) : near, judgements: [] }
}

function fromEpisode(episode: Episode, reading: Reading, scene: Scene): Step {
  if (reading.place !== 'before') return stayInside(episode, reading, scene)
  if (reading.isOut && isOpenAt(episode, reading.measuredAt)) return goOutside(episode, reading, scene)
  return { stretch: episode, judgements: [] }
}
