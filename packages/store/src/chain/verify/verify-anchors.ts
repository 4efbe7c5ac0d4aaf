import type { ChainHead } from '../read-heads.ts'
import type { Finding } from './finding.ts'
import type { KnownChain } from './read-links.ts'
import type { Snapshot } from './snapshot.ts'

/** The anchors of a text of JSON lines: a file of anchors, or ingest's log, whose other lines are passed over. */
export function parseAnchors(text: string): readonly ChainHead[] {
  return text.split('\n').flatMap(line => {
    const head = parseLine(line)
    return head === null ? [] : [head]
  })
}

function parseLine(line: string): ChainHead | null {
  if (!line.includes('"hash"')) return null
  try {
    const { chain, kind, position, hash } = JSON.parse(line) as Partial<Record<keyof ChainHead, unknown>>
    const isHead = typeof chain === 'string' && (kind === 'fixes' || kind === 'records')
    return isHead && typeof position === 'number' && typeof hash === 'string' ? { chain, kind, position, hash } : null
  } catch {
    return null // a line that was cut off when the machine went down
  }
}

const READ = {
  name: 'read-anchored-links',
  text: `
    select position::float8 as position, at, encode(hash, 'hex') as hash
      from chain_links where chain_id = $1 and position = any($2::bigint[])`,
}

interface AnchoredLink {
  readonly position: number
  readonly at: number
  readonly hash: string
}

/** Holds what was written outside against the chains: the first anchor of each that is not on it, and the last before that is. */
export async function verifyAnchors(
  snapshot: Snapshot,
  chains: readonly KnownChain[],
  anchors: readonly ChainHead[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const [name, ofChain] of byChain(anchors)) {
    const chain = chains.find(known => nameOf(known.name, known.kind) === name)
    const links =
      chain === undefined
        ? []
        : await snapshot.query<AnchoredLink>(READ, [chain.id, ofChain.map(({ position }) => position)])
    const finding = firstOffChain(ofChain, new Map(links.map(link => [link.position, link])))
    if (finding !== null) findings.push(finding)
  }
  return findings
}

const nameOf = (chain: string, kind: string) => `${kind} ${chain}`

function byChain(anchors: readonly ChainHead[]): Map<string, ChainHead[]> {
  const chains = new Map<string, ChainHead[]>()
  for (const anchor of anchors) {
    const name = nameOf(anchor.chain, anchor.kind)
    chains.set(name, [...(chains.get(name) ?? []), anchor])
  }
  return chains
}

function firstOffChain(anchors: readonly ChainHead[], links: ReadonlyMap<number, AnchoredLink>): Finding | null {
  let good: AnchoredLink | undefined
  for (const { chain, kind, position, hash } of anchors.toSorted((a, b) => a.position - b.position)) {
    const link = links.get(position)
    if (link?.hash === hash) {
      good = link
      continue
    }
    const fault = link === undefined ? 'is gone' : 'is another one'
    return {
      ...{ kind: 'off-chain', table: 'chain_links', row: null, batch: { chain, kind, position } },
      between: [good?.at ?? null, link?.at ?? null],
      detail: `the anchored link ${position} ${fault}; the last one that stands is ${good?.position ?? 'none'}: what follows it was made anew or cut off`,
    }
  }
  return null
}
