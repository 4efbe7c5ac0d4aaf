import type { IncidentJudgement, Judgement, NearMiss } from '@cordon/contract'
import type { Said } from '@cordon/watch'
import type { Told, Verdict } from './detector.ts'

/** What people were told, judgement by judgement, as the incidents' table would hold it. */
export interface Record {
  /** `at`: the moment at which it is told. */
  write(judgements: readonly Judgement[], at: number): void
  openSince(at: number | null): readonly Said[]
  replaceNearMisses(from: number): void
  verdict(): Verdict
}

/** An incident with what was told of it on the way. */
interface Entry {
  readonly last: Said
  /** The breach that it was once told as, though it may have been a buffer entry before. */
  readonly breach: IncidentJudgement | undefined
  readonly toldAt: number
  readonly confirmedAt: number | null
}

export function createRecord(): Record {
  const entries = new Map<string, Entry>()
  let nearMisses: NearMiss[] = []
  return {
    write(judgements, at) {
      for (const judgement of judgements) {
        if (judgement.type === 'near-miss') nearMisses.push(judgement)
        else if (judgement.type !== 'set-aside') {
          const id = judgement.type === 'visit' ? judgement.visitId : judgement.episodeId
          entries.set(id, follow(entries.get(id), judgement, at))
        }
      }
    },
    openSince: at =>
      [...entries.values()]
        .map(({ last }) => last)
        .filter(said => isRejudged(said) && (at === null || (endOf(said) ?? Infinity) >= at)),
    replaceNearMisses(from) {
      nearMisses = nearMisses.filter(nearMiss => nearMiss.from < from)
    },
    verdict: () => ({ told: [...entries.values()].flatMap(toTold), nearMisses: nearMisses.length }),
  }
}

const endOf = (said: Said): number | null => (said.type === 'visit' ? said.to : said.endedAt)
const isRejudged = (said: Said): boolean => said.type === 'visit' || said.kind !== 'silence'
const isDisproved = (said: Said): boolean => said.type === 'incident' && said.conclusion === 'disproved'

function follow(before: Entry | undefined, said: Said, at: number): Entry {
  const breach = said.type === 'incident' && said.kind !== 'buffer-entry' ? said : before?.breach
  const hasGrown = breach !== undefined && before?.breach === undefined
  const isConfirmed = said === breach && breach.certainty === 'confirmed'
  return {
    last: said,
    breach,
    toldAt: before === undefined || hasGrown ? at : before.toldAt,
    confirmedAt: (hasGrown ? null : before?.confirmedAt) ?? (isConfirmed ? at : null),
  }
}

function toTold({ last, breach, toldAt, confirmedAt }: Entry): Told[] {
  if (last.type === 'visit') return []
  const { kind } = breach ?? last
  const { conditionId, certainty, happenedAt, endedAt } = last
  const isTransit = kind === 'possible-transit'
  return [
    {
      conditionId,
      kind,
      certainty,
      from: happenedAt,
      to: endedAt,
      toldAt,
      confirmedAt: isTransit ? null : confirmedAt,
      isDisproved: isDisproved(last),
    },
  ]
}
