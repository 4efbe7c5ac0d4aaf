import { sleep } from '@cordon/runtime'
import type { Fleet } from './fleet.ts'
import type { Servers } from './start-servers.ts'
import type { PartitionWatch } from './watch-partitions.ts'

/** One line of the table. */
export interface ClusterEvent {
  readonly name: string
  /** Milliseconds until the partitions were shared as they should be; NaN when they never were. */
  readonly takeoverMs: number
  /** The longest that the newest fix of any partition was old until the next event, milliseconds. */
  readonly blindMs: number
}

export interface EventParts {
  readonly fleet: Fleet
  readonly servers: Servers
  readonly watch: PartitionWatch
  readonly leaseMs: number
  /** Between two events. */
  readonly calmMs: number
  readonly say: (line: string) => void
}

/** What happens to the cluster while tags publish: joining, leaving, dying and hanging, of ingests and of servers. */
export async function runEvents(parts: EventParts): Promise<readonly ClusterEvent[]> {
  const { fleet, servers, watch, leaseMs, calmMs, say } = parts
  const events: ClusterEvent[] = []
  const event = async (name: string, holders: readonly string[], happen: () => Promise<void>) => {
    say(name)
    watch.worstAge()
    await happen()
    const takeoverMs = await watch.untilHeldBy(holders)
    await sleep(calmMs)
    events.push({ name, takeoverMs, blindMs: watch.worstAge() })
  }
  const killLeader = async () => {
    const leader = await servers.leader()
    await leader.kill()
    await sleep(calmMs)
    await leader.start()
  }

  await event('b and c join a', ['a', 'b', 'c'], async () => {
    await Promise.all([fleet.startIngest('b'), fleet.startIngest('c')])
  })
  await event('kill -9 of the stream’s leader, back later', ['a', 'b', 'c'], killLeader)
  await event('kill -9 of b', ['a', 'c'], async () => fleet.signal('b', 'SIGKILL'))
  await event('c stands still (SIGSTOP)', ['a'], async () => fleet.signal('c', 'SIGSTOP'))
  await event(`c goes on (SIGCONT) after more than its lease of ${leaseMs / 1_000} s`, ['a', 'c'], async () => {
    fleet.signal('c', 'SIGCONT')
  })
  await event('d and e join', ['a', 'c', 'd', 'e'], async () => {
    await Promise.all([fleet.startIngest('d'), fleet.startIngest('e')])
  })
  await event('a leaves (SIGTERM)', ['c', 'd', 'e'], async () => fleet.signal('a', 'SIGTERM'))
  await event('kill -9 of the stream’s leader and of c at once', ['d', 'e'], async () => {
    fleet.signal('c', 'SIGKILL')
    await killLeader()
  })
  return events
}
