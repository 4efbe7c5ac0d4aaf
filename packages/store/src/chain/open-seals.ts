import type { ChainWriter, Queryable, Transaction } from '../connection/store.ts'
import type { ActivationFix, Batch } from '../write/batch.ts'
import { copyFixes } from '../write/copy-fixes.ts'
import { insertFixes } from '../write/insert-fixes.ts'
import { makeSecrets } from './activation-secrets.ts'
import { createChainMoved } from './chain-moved.ts'
import type { ChainKind, ChainTip } from './chain-tip.ts'
import type { Secrets } from './create-secret-cache.ts'
import { batchIdOf, linkFixes, readInserted } from './link-fixes.ts'
import { linkRecords } from './link-records.ts'
import { type MarkedFixes, markFixes } from './mark-fixes.ts'

/** Where the links of one try to write a batch go. */
export interface Seals {
  /** The next place of the chain of records: what makes entries makes them for it. */
  readonly records: ChainTip
  /** To be called first, and waited for. It takes a round trip when the secret of an activation is not known yet, else none. */
  prepare(inside: Queryable): Promise<void>
  /** Writes the fixes that are not there yet, seals those, gives their number. With `copy` none may be there. */
  writeFixes(inside: Transaction, way: FixesWay): Promise<number>
  /** Seals the entries that the statements before it make. */
  sealRecords(inside: Queryable): Promise<void>
  /** To be called when the transaction has been committed. */
  committed(): void
}

export type FixesWay = 'insert' | 'copy'

const NOWHERE: ChainTip = { chainId: 0, position: 0 }

/** Both chains are taken to end where this process left them, which costs no round trip; a link fits there or the try fails. */
export async function openSeals(chain: ChainWriter, batch: Batch): Promise<Seals> {
  const next = async (kind: ChainKind, isNeeded: boolean): Promise<ChainTip> => {
    if (!isNeeded) return NOWHERE
    const { chainId, position } = await chain.tip(kind)
    return { chainId, position: position + 1 }
  }
  const place = await next('fixes', batch.fixes.length > 0)
  let marked = markFixes(batch.fixes, id => chain.secrets.of(id))
  let made: Secrets = new Map()
  const hasRecords = isRecorded(batch) || marked === null
  const records = await next('records', hasRecords)
  const linked: [ChainKind, number][] = []
  return {
    records,
    prepare: async inside => {
      if (marked !== null) return
      made = await makeSecrets(inside, records, activationsOf(batch))
      marked = markFixes(batch.fixes, id => made.get(id))
    },
    writeFixes: async (inside, way) => {
      if (marked === null) throw new Error('an activation has no secret') // each of them has been given one
      const written = await writeSealed(inside, marked, { place, way })
      if (written > 0) linked.push(['fixes', place.position])
      return written
    },
    sealRecords: async inside => {
      const outcome = hasRecords ? await linkRecords(inside, records) : 'nothing'
      if (outcome === 'moved') throw createChainMoved()
      if (outcome === 'linked') linked.push(['records', records.position])
    },
    committed: () => {
      for (const [kind, position] of linked) {
        chain.committed(kind, position)
        // By that link one can tell that the database, after a fail-over say, still has them.
        if (kind === 'fixes') chain.secrets.keep(made)
      }
    },
  }
}

const activationsOf = ({ fixes }: Batch) => [...new Set(fixes.map(({ activationId }) => activationId))]

const isRecorded = ({ aside, events, judgements, replacedFrom }: Batch): boolean =>
  aside.length + events.length + replacedFrom.length > 0 || judgements.some(({ type }) => type !== 'incident')

/** The link goes along with the fixes, as if all of them were new; mostly they are. */
async function writeSealed(
  inside: Transaction,
  { fixes, rows, entries }: MarkedFixes,
  { place, way }: { readonly place: ChainTip; readonly way: FixesWay },
): Promise<number> {
  const batchId = batchIdOf(place)
  const [isLinked, written] = await Promise.all([
    linkFixes(inside, place, entries),
    way === 'copy' ? copyFixes(inside, rows, batchId) : insertFixes(inside, fixes, batchId),
  ])
  if (!isLinked) throw createChainMoved()
  if (written < fixes.length) await linkWritten(inside, { fixes, entries }, place)
  return written
}

/** Some had been written before, by this batch or another: the link holds only what this one has really added. */
async function linkWritten(
  inside: Queryable,
  { fixes, entries }: Omit<MarkedFixes, 'rows'>,
  place: ChainTip,
): Promise<void> {
  const inserted = await readInserted(inside, place, entries)
  const keys = new Set(inserted.map(({ activationId, measuredAt, seq }) => `${activationId}/${measuredAt}/${seq}`))
  const isWritten = (fix: ActivationFix) => keys.has(`${fix.activationId}/${fix.fix.measuredAt}/${fix.fix.seq}`)
  const written = entries.filter((_, index) => {
    const fix = fixes[index]
    return fix !== undefined && isWritten(fix)
  })
  if (written.length > 0 && !(await linkFixes(inside, place, written))) throw createChainMoved()
}
