import type { IncidentJudgement, Judgement, NearMiss, Visit } from '@cordon/contract'
import { rejudge, type Said } from '@cordon/watch'
import { type Judged, toNearMiss } from './read-judged.ts'

export type Compared = IncidentJudgement | Visit | NearMiss

/** One judgement, as it is on record and as it comes out now; the same object when it is the same. */
export interface Comparison {
  readonly id: string
  readonly verdict: 'same' | 'otherwise' | 'not on record' | 'only on record'
  readonly recorded: Compared | null
  readonly now: Compared | null
}

export interface Period {
  readonly from: number
  readonly to: number
  /** Near misses that began before it are no longer kept. */
  readonly nearMissesSince: number
}

/** Judges an activation again and holds every judgement that reaches into the time against what is on record of it. By their time. */
export function compareJudged(judged: Judged, period: Period): readonly Comparison[] {
  const { from, observations, recorded, state, activation } = judged
  const { judgements, replacedFrom, replacedNear } = rejudge({
    ...{ from, observations, recorded, state, context: activation.context },
  })
  const near = (miss: NearMiss) =>
    reachesInto(miss, period) &&
    miss.from >= period.nearMissesSince &&
    (miss.from >= replacedFrom || replacedNear.some(begun => isOf(begun, miss)))
  const nearMisses = {
    recorded: judged.nearMisses.map(toNearMiss).filter(near),
    now: longest(judgements).filter(near),
  }
  return [...compareSaid(recorded, judgements, period), ...compareNearMisses(nearMisses)].sort(
    (a, b) => beginningOf(a) - beginningOf(b),
  )
}

/** What is said of the others is what is on record: the engine says only what is otherwise. */
function compareSaid(recorded: readonly Said[], judgements: readonly Judgement[], period: Period): Comparison[] {
  const now = new Map(judgements.flatMap(said => (isSaid(said) ? [[idOf(said), said] as const] : [])))
  const known = new Set(recorded.map(idOf))
  const compared = recorded.map((said): Comparison => {
    const other = now.get(idOf(said))
    return other === undefined
      ? { id: idOf(said), verdict: 'same', recorded: said, now: said }
      : { id: idOf(said), verdict: isTakenBack(other) ? 'only on record' : 'otherwise', recorded: said, now: other }
  })
  const unknown = [...now].filter(([id]) => !known.has(id))
  const added = unknown.map(([id, said]): Comparison => ({ id, verdict: 'not on record', recorded: null, now: said }))
  return [...compared, ...added].filter(({ recorded: was, now: is }) =>
    [was, is].some(said => said !== null && reachesInto(extentOf(said), period)),
  )
}

function compareNearMisses(given: { readonly recorded: readonly NearMiss[]; readonly now: readonly NearMiss[] }) {
  const of = (all: readonly NearMiss[]) => new Map(all.map(miss => [idOf(miss), miss]))
  const [recorded, now] = [of(given.recorded), of(given.now)]
  return [...new Set([...recorded.keys(), ...now.keys()])].map((id): Comparison => {
    const [was, is] = [recorded.get(id) ?? null, now.get(id) ?? null]
    return { id, verdict: verdictOf(was, is), recorded: was, now: is }
  })
}

function verdictOf(was: NearMiss | null, is: NearMiss | null): Comparison['verdict'] {
  if (was === null) return 'not on record'
  if (is === null) return 'only on record'
  return canonical(was) === canonical(is) ? 'same' : 'otherwise'
}

const isSaid = (said: Judgement): said is Said => said.type === 'incident' || said.type === 'visit'

const isTakenBack = (said: Said): boolean =>
  said.type === 'visit' ? said.disproved : said.conclusion === 'disproved' || said.conclusion === 'joined'

/** The same near miss said again is the same one, longer. */
function longest(judgements: readonly Judgement[]): readonly NearMiss[] {
  const misses = new Map<string, NearMiss>()
  for (const miss of judgements) {
    if (miss.type === 'near-miss' && miss.to >= (misses.get(idOf(miss))?.to ?? miss.to)) misses.set(idOf(miss), miss)
  }
  return [...misses.values()]
}

function idOf(said: Compared): string {
  switch (said.type) {
    case 'incident':
      return said.episodeId
    case 'visit':
      return said.visitId
    case 'near-miss':
      return `${said.activationId}:${said.conditionId}:${said.from}`
  }
}

interface Extent {
  readonly from: number
  readonly to: number | null
}

export function extentOf(said: Compared): Extent {
  return said.type === 'incident' ? { from: said.reason.beganAt, to: said.endedAt } : said
}

const reachesInto = ({ from, to }: Extent, period: Period): boolean =>
  from < period.to && (to === null || to >= period.from)

const isOf = (begun: { readonly conditionId: string; readonly from: number }, miss: NearMiss): boolean =>
  begun.conditionId === miss.conditionId && begun.from === miss.from

function beginningOf({ recorded, now }: Comparison): number {
  const said = recorded ?? now
  return said === null ? 0 : extentOf(said).from
}

/** With the names in one order, at every depth. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
