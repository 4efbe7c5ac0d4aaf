import { sleep } from '@cordon/runtime'
import type { Fleet } from './fleet.ts'
import type { Servers } from './start-servers.ts'
import type { PartitionWatch } from './watch-partitions.ts'

/** One line of the table. */
export interface ClusterEvent {
  readonly name: string
  /** Milliseconds until the partitions were shared as they should be; NaN when they never were. */
  readonly takeoverMs: number
  /** From then on, milliseconds until each partition had a fix that was measured later; NaN when one never had. */
  readonly goesOnMs: number
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

interface Planned {
  readonly name: string
  /** Who has the partitions afterwards, and nobody else. */
  readonly holders: readonly string[]
  readonly happen: () => Promise<void> | void
}

/** What the promise is about: an ingest joins, a server dies, an ingest dies, one hangs for longer than its lease and comes back. */
export const essentialEvents = (parts: EventParts): readonly Planned[] => {
  const { fleet, leaseMs } = parts
  return [
    {
      name: 'b and c join a',
      holders: ['a', 'b', 'c'],
      happen: async () => void (await Promise.all([fleet.startIngest('b'), fleet.startIngest('c')])),
    },
    {
      name: 'kill -9 of the stream’s leader, back later',
      holders: ['a', 'b', 'c'],
      happen: () => killLeader(parts),
    },
    { name: 'kill -9 of b', holders: ['a', 'c'], happen: () => fleet.signal('b', 'SIGKILL') },
    { name: 'c stands still (SIGSTOP)', holders: ['a'], happen: () => fleet.signal('c', 'SIGSTOP') },
    {
      name: `c goes on (SIGCONT) after more than its lease of ${leaseMs / 1_000} s`,
      holders: ['a', 'c'],
      happen: () => fleet.signal('c', 'SIGCONT'),
    },
  ]
}

/** The same, then more come, one leaves, and a server and an ingest die at once. */
export const allEvents = (parts: EventParts): readonly Planned[] => {
  const { fleet } = parts
  return [
    ...essentialEvents(parts),
    {
      name: 'd and e join',
      holders: ['a', 'c', 'd', 'e'],
      happen: async () => void (await Promise.all([fleet.startIngest('d'), fleet.startIngest('e')])),
    },
    { name: 'a leaves (SIGTERM)', holders: ['c', 'd', 'e'], happen: () => fleet.signal('a', 'SIGTERM') },
    {
      name: 'kill -9 of the stream’s leader and of c at once',
      holders: ['d', 'e'],
      happen: async () => {
        fleet.signal('c', 'SIGKILL')
        await killLeader(parts)
      },
    },
  ]
}

/** One after the other while tags publish: what happens, who has the partitions then, and that all of them go on. */
export async function runEvents(planned: readonly Planned[], parts: EventParts): Promise<readonly ClusterEvent[]> {
  const { watch, calmMs, say } = parts
  const events: ClusterEvent[] = []
  for (const { name, holders, happen } of planned) {
    say(name)
    watch.worstAge()
    await happen()
    const takeoverMs = await watch.untilHeldBy(holders)
    const goesOnMs = await watch.untilNewer(Date.now())
    await sleep(calmMs)
    events.push({ name, takeoverMs, goesOnMs, blindMs: watch.worstAge() })
  }
  return events
}

/** It is back only when the two others have gone on without it: each partition has a fix that was measured after the kill. */
async function killLeader({ servers, watch, calmMs }: EventParts): Promise<void> {
  const leader = await servers.leader()
  await leader.kill()
  await sleep(calmMs)
  if (Number.isNaN(await watch.untilNewer(Date.now()))) throw new Error('two of the three servers did not go on alone')
  await leader.start()
}
