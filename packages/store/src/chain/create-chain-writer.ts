import type { Logger } from '@cordon/runtime'
import type { ChainWriter, Queryable } from '../connection/store.ts'
import type { ChainKind, ChainTip } from './chain-tip.ts'
import { createSecretCache } from './create-secret-cache.ts'
import { openChain } from './open-chain.ts'

const LOCK = { name: 'lock-chains', text: 'select from chains where name = $1 order by id for no key update' }

/** Nothing is read before the first batch. The chains are the writer's, by its name: writers do not wait for each other. */
export function createChainWriter(database: Queryable, name: string, logger: Logger): ChainWriter {
  const tips = new Map<ChainKind, ChainTip>()
  const mostCommitted = new Map<ChainKind, number>()
  const secrets = createSecretCache()
  const open = async (kind: ChainKind, from = database): Promise<ChainTip> => {
    const tip = await openChain(from, name, kind)
    const most = mostCommitted.get(kind) ?? 0
    // A database that was put back to an earlier state, or links that were taken away.
    if (tip.position < most) {
      const gone = { chain: name, kind, from: tip.position + 1, to: most }
      logger.error(gone, 'committed batches are gone from the database')
      secrets.clear()
    }
    mostCommitted.set(kind, tip.position)
    tips.set(kind, tip)
    return tip
  }
  return {
    secrets,
    tip: async kind => tips.get(kind) ?? open(kind),
    settle: async inside => {
      // In one round trip: the less time passes until the link is added, the less likely it is that somebody else's is there first.
      await Promise.all([inside.execute(LOCK, [name]), open('fixes', inside), open('records', inside)])
    },
    committed: (kind, position) => {
      const tip = tips.get(kind)
      if (tip !== undefined) tips.set(kind, { ...tip, position })
      mostCommitted.set(kind, position)
    },
    reread: () => tips.clear(),
    forget: () => {
      tips.clear()
      secrets.clear()
    },
  }
}
