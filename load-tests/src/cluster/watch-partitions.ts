import { partitionOf } from '@cordon/jetstream'
import { sleep } from '@cordon/runtime'
import type { Store } from '@cordon/store'

/** Who has the partitions, and how old the newest fix of each is that the database holds. */
export interface PartitionWatch {
  /** Milliseconds until all partitions are theirs and nobody else's, shared as evenly as it goes. NaN: never. */
  untilHeldBy(names: readonly string[]): Promise<number>
  /** Milliseconds until the database holds a fix of every partition that was measured after `at`, epoch ms. NaN: never. */
  untilNewer(at: number): Promise<number>
  /** The longest since the last call that any partition had nothing newer to show, milliseconds. */
  worstAge(): number
  stop(): Promise<void>
}

export interface WatchOptions {
  readonly store: Store
  readonly partitions: number
  /** Of the tags that publish: a partition without any is not waited for. */
  readonly tagIds: readonly string[]
}

const EVERY_MS = 200
/** No promise of a time: on a busy machine everything takes longer, and something that never comes has not come by then. */
const GIVE_UP_MS = 90_000

export function watchPartitions({ store, partitions, tagIds }: WatchOptions): PartitionWatch {
  const newest = new Map(tagIds.map(id => [partitionOf(id, 'cordon', partitions), 0]))
  let worst = 0
  let isOver = false

  const look = async () => {
    const rows = await store.query<{ tag_id: string; at: number }>(
      `select tag_id, max(measured_at) as at from fixes join activations on activations.id = activation_id
        where measured_at > now() - interval '3 minutes' group by tag_id`,
    )
    for (const { tag_id: tagId, at } of rows) {
      const partition = partitionOf(tagId, 'cordon', partitions)
      newest.set(partition, Math.max(newest.get(partition) ?? 0, at))
    }
    const now = Date.now()
    for (const at of newest.values()) if (at > 0) worst = Math.max(worst, now - at)
  }
  const watching = (async () => {
    while (!isOver) {
      await look()
      await sleep(EVERY_MS)
    }
  })()

  const isHeldBy = async (names: readonly string[]): Promise<boolean> => {
    const rows = await store.query<{ owner: string | null }>('select owner from partition_leases')
    const counts = names.map(name => rows.filter(({ owner }) => owner?.split('.')[0] === name).length)
    const isEven = Math.max(...counts) - Math.min(...counts) <= 1
    return isEven && counts.reduce((sum, count) => sum + count, 0) === partitions
  }

  return {
    untilHeldBy: names => waitFor(() => isHeldBy(names)),
    untilNewer: at => waitFor(() => [...newest.values()].every(newestAt => newestAt > at)),
    worstAge: () => {
      const age = worst
      worst = 0
      return age
    },
    stop: async () => {
      isOver = true
      await watching
    },
  }
}

async function waitFor(isSo: () => Promise<boolean> | boolean): Promise<number> {
  const begunAt = Date.now()
  for (; Date.now() < begunAt + GIVE_UP_MS; await sleep(50)) if (await isSo()) return Date.now() - begunAt
  return Number.NaN
}
