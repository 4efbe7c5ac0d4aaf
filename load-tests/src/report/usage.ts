import { readdirSync, readFileSync } from 'node:fs'
import {
  type ProcessMemory,
  type ProcessStat,
  parseBusyTicks,
  parseMemory,
  parseStat,
  TICKS_PER_SECOND,
} from './proc.ts'

/** Which processes belong to one row of the table: by id, and for a database every child of its postmaster as well. */
export interface ProcessGroup {
  readonly name: string
  readonly pids: readonly number[]
  readonly withChildren?: boolean
}

export interface Usage {
  readonly name: string
  readonly cpuSeconds: number
  readonly peakBytes: number
}

export interface UsageMeter {
  /** Since `measureUsage`: CPU of each group, its greatest memory, and the CPU that the rest of the machine took. */
  stop(): { readonly groups: readonly Usage[]; readonly othersCpuSeconds: number }
}

const EVERY_MS = 1_000

/** Counts from now on. Memory is looked at every second. Linux only. */
export function measureUsage(groups: readonly ProcessGroup[]): UsageMeter {
  const before = groups.map(cpuSeconds)
  const busyBefore = busySeconds()
  const peaks = groups.map(memoryOf)
  const look = () => {
    for (const [index, group] of groups.entries()) peaks[index] = Math.max(peaks[index] ?? 0, memoryOf(group))
  }
  const timer = setInterval(look, EVERY_MS)
  return {
    stop: () => {
      clearInterval(timer)
      look()
      const used = groups.map((group, index) => ({
        name: group.name,
        cpuSeconds: cpuSeconds(group) - (before[index] ?? 0),
        peakBytes: peaks[index] ?? 0,
      }))
      const ours = used.reduce((sum, group) => sum + group.cpuSeconds, 0)
      return { groups: used, othersCpuSeconds: Math.max(0, busySeconds() - busyBefore - ours) }
    },
  }
}

/** A process that ended meanwhile is counted by its parent, so a database's sum never goes back. */
function cpuSeconds(group: ProcessGroup): number {
  const counts = statsOf(group).map(({ pid, ticks, endedChildrenTicks }) =>
    group.withChildren === true && group.pids.includes(pid) ? ticks + endedChildrenTicks : ticks,
  )
  return counts.reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND
}

/** Memory of several processes without counting shared segments and mapped programs once for each of them. */
function memoryOf(group: ProcessGroup): number {
  const memories = statsOf(group).map(({ pid }) => parseMemory(readOr(`/proc/${pid}/status`, '')))
  const largest = (kind: keyof ProcessMemory) => Math.max(0, ...memories.map(memory => memory[kind]))
  return memories.reduce((sum, { anonymous }) => sum + anonymous, 0) + largest('file') + largest('shared')
}

function statsOf({ pids, withChildren }: ProcessGroup): readonly ProcessStat[] {
  const own = pids.flatMap(readStat)
  return withChildren === true ? [...own, ...pids.flatMap(childrenOf)] : own
}

export function childrenOf(parent: number): readonly ProcessStat[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => readStat(Number(name)))
    .filter(stat => stat.parent === parent)
}

export function readStat(pid: number): readonly ProcessStat[] {
  const text = readOr(`/proc/${pid}/stat`, '')
  return text === '' ? [] : [parseStat(text)]
}

const busySeconds = () => parseBusyTicks(readOr('/proc/stat', '')) / TICKS_PER_SECOND

/** A process may end between being listed and being read. */
function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}
