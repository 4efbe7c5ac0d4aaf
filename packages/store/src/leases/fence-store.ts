import { createError, type Logger } from '@cordon/runtime'
import { createChainWriter } from '../chain/create-chain-writer.ts'
import type { Store } from '../connection/store.ts'
import { createCopyGate } from '../write/copy-gate.ts'
import type { Lease } from './leases.ts'

// The lock holds off whoever takes the lease over until this transaction has ended, and makes it wait for one that is taking it.
const FENCE = {
  name: 'fence',
  text: 'select partition from partition_leases where partition = $1 and owner = $2 and epoch = $3 for share',
}

/**
 * The store of one owner: each of its transactions begins by finding its lease, and when another owner has followed, nothing of it
 * is kept and it rejects with `lease-lost`. That it has run out and nobody has followed is no reason to refuse. Costs no round trip.
 * The hash chains are the partition's: they go on under the next owner, and the partitions of one process do not wait for each other.
 */
export function fenceStore(
  store: Store,
  { partition, owner, epoch }: Lease,
  { onLost, logger }: { readonly onLost: (reason: Error) => void; readonly logger: Logger },
): Store {
  return {
    ...store,
    chain: createChainWriter(store, `partition-${partition}`, logger),
    copyGate: createCopyGate(),
    transaction: work =>
      store.transaction(async inside => {
        const lease = inside.query(FENCE, [partition, owner, epoch])
        // what `work` sends goes along with it; its own failure is the one to be told
        const [result, found] = await Promise.all([work(inside), lease])
        if (found.length > 0) return result
        const lost = createError('lease-lost', `partition ${partition} is not ${owner}'s any more (epoch ${epoch})`)
        onLost(lost)
        throw lost
      }),
  }
}
