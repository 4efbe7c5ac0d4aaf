import { linkHash } from '../chain-statements.ts'
import { entriesOf } from '../link-records.ts'
import type { Finding } from './finding.ts'
import type { KnownChain, Places } from './read-links.ts'
import type { Snapshot } from './snapshot.ts'

/** The links of a chain whose hash is not that of what they hold, or before which links are missing. */
const FAULTS = {
  name: 'read-link-faults',
  text: `
    with links as (
      select *, lag(hash) over one_after_the_other as previous, lag(position) over one_after_the_other as before,
             lag(at) over one_after_the_other as after
        from chain_links where chain_id = $1 and position >= $2::bigint - 1
      window one_after_the_other as (order by position)
    )
    select position::float8 as position, coalesce(before, $2::bigint - 1)::float8 as before, at, after,
           before is distinct from position - 1 and position > 0 as "isGap",
           measured_from is null and position > 0
             and content is distinct from (select content from (${entriesOf('links.chain_id', 'links.position')}) entries) as "isOther"
      from links
     where position >= $2 and (
             (before is distinct from position - 1 and position > 0)
          or hash <> ${linkHash(`coalesce(previous, '')`)}
          or (measured_from is null and position > 0
              and content is distinct from (select content from (${entriesOf('links.chain_id', 'links.position')}) entries)))
     order by position`,
}
const FIRST_SINCE = {
  name: 'read-first-link-since',
  text: `
    select min(position)::float8 as position from chain_links
     where chain_id = $1 and (at >= $2 or measured_to >= $2)`,
}

interface Fault {
  readonly position: number
  readonly before: number
  readonly at: number
  readonly after: number | null
  readonly isGap: boolean
  readonly isOther: boolean
}

export interface LinkParts {
  readonly snapshot: Snapshot
  readonly places: Places
  readonly found: (finding: Finding) => void
}

/** Holds a chain together from the first link of what was measured or recorded since, to its end. Gives the number of links. */
export async function verifyLinks(parts: LinkParts, chain: KnownChain, since: number): Promise<number> {
  const { snapshot, found } = parts
  const [first] = await snapshot.query<{ position: number | null }>(FIRST_SINCE, [chain.id, new Date(since)])
  const from = first?.position ?? 0
  for (const fault of await snapshot.query<Fault>(FAULTS, [chain.id, from])) found(toFinding(parts, chain, fault))
  const [counted] = await snapshot.query<{ links: number }>(
    'select count(*)::float8 as links from chain_links where chain_id = $1 and position >= $2',
    [chain.id, from],
  )
  if (counted?.links === 0) found(noLinks(parts, chain))
  return counted?.links ?? 0
}

function toFinding({ places }: LinkParts, { id, kind }: KnownChain, fault: Fault): Finding {
  const { position, before, at, after, isGap, isOther } = fault
  const of = { table: 'chain_links', row: null, between: [after, at] as const }
  if (isGap) {
    const last = position - 1
    const which = last === before + 1 ? `link ${last}` : `links ${before + 1} to ${last}`
    return {
      ...of,
      kind: 'link-missing',
      batch: places.placeAt(id, before + 1),
      detail: `${which} of the chain are gone`,
    }
  }
  const detail = isOther
    ? 'the entries of this link are not those that it sealed'
    : 'the hash of this link is not that of what it holds and of the link before'
  const table = isOther && kind === 'records' ? 'chain_entries' : of.table
  return { ...of, table, kind: 'link-altered', batch: places.placeAt(id, position), detail }
}

const noLinks = ({ places }: LinkParts, { id, since }: KnownChain): Finding => ({
  ...{ kind: 'link-missing', table: 'chain_links', row: null, batch: places.placeAt(id, 0), between: [since, null] },
  detail: 'all links of the chain are gone',
})
