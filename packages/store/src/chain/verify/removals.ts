import type { Queryable } from '../../connection/store.ts'

export interface Removal {
  readonly id: string
  readonly why: string
  readonly byWhom: string
  readonly at: number
  readonly relation: string
  /** null: of every activation. */
  readonly activationId: string | null
  /** [from, to) in epoch ms with fractions, null: no bound. */
  readonly from: number | null
  readonly to: number | null
  readonly rows: number
}

const READ = {
  name: 'read-removals',
  text: `
    select id::text as id, why, by_whom as "byWhom", at, relation, activation_id::text as "activationId", rows::float8 as rows,
           extract(epoch from removed_from)::float8 * 1000 as "from", extract(epoch from removed_to)::float8 * 1000 as "to"
      from removals order by id`,
}

export const readRemovals = (database: Queryable): Promise<readonly Removal[]> => database.query<Removal>(READ)

export interface MissingRow {
  readonly relation: string
  readonly activationId: string | null
  /** The row's own time; null: it has none. */
  readonly about: number | null
  /** When it was sealed: a removal before that cannot have removed it. */
  readonly sealedAt: number
}

/** How many missing rows each removal has been taken to cover. */
export interface UsedRemoval extends Removal {
  readonly used: number
}

export interface Coverage {
  /** Whether a removal on record accounts for it. */
  covers(row: MissingRow): boolean
  used(): readonly UsedRemoval[]
}

/** A removal of one activation's rows covers as many as it says, and no more. */
export function createCoverage(removals: readonly Removal[]): Coverage {
  const used = new Map<Removal, number>()
  const ofRelation = new Map<string, Removal[]>()
  for (const removal of removals) {
    const key = `${removal.relation}/${removal.activationId ?? ''}`
    const others = ofRelation.get(key)
    if (others === undefined) ofRelation.set(key, [removal])
    else others.push(removal)
  }
  const candidates = ({ relation, activationId }: MissingRow) => [
    ...(ofRelation.get(`${relation}/${activationId ?? ''}`) ?? []),
    ...(activationId === null ? [] : (ofRelation.get(`${relation}/`) ?? [])),
  ]
  return {
    covers: row => {
      const removal = candidates(row).find(known => fits(known, row) && (used.get(known) ?? 0) < known.rows)
      if (removal !== undefined) used.set(removal, (used.get(removal) ?? 0) + 1)
      return removal !== undefined
    },
    used: () => [...used].map(([removal, count]) => ({ ...removal, used: count })),
  }
}

function fits({ from, to, at }: Removal, { about, sealedAt }: MissingRow): boolean {
  if (at < sealedAt) return false
  if (about === null) return true
  return (from === null || about >= from) && (to === null || about < to)
}
