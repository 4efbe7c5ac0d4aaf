/** One process as Linux counts it: proc(5), /proc/<pid>/stat. Times in clock ticks, of which a second has 100. */
export interface ProcessStat {
  readonly pid: number
  readonly name: string
  readonly parent: number
  /** User and system time of its own. */
  readonly ticks: number
  /** The same of children that have ended and been waited for. */
  readonly endedChildrenTicks: number
}

export const TICKS_PER_SECOND = 100

/** The name stands in brackets and may hold spaces and brackets itself: what follows the last one counts. */
export function parseStat(text: string): ProcessStat {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  const fields = text.slice(close + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3]) // proc(5) counts from 1, and the state is field 3
  return {
    pid: Number(text.slice(0, open)),
    name: text.slice(open + 1, close),
    parent: field(4),
    ticks: field(14) + field(15),
    endedChildrenTicks: field(16) + field(17),
  }
}

/** Resident memory in bytes, /proc/<pid>/status: its own, of mapped files, and shared. */
export interface ProcessMemory {
  readonly anonymous: number
  readonly file: number
  readonly shared: number
}

export function parseMemory(text: string): ProcessMemory {
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1_024
  return { anonymous: bytes('RssAnon'), file: bytes('RssFile'), shared: bytes('RssShmem') }
}

/** Ticks of all processors in which somebody worked, from the first line of /proc/stat. Stolen time is not ours to use, so not counted. */
export function parseBusyTicks(text: string): number {
  const [user = 0, nice = 0, system = 0, , , interrupt = 0, softInterrupt = 0] = text
    .slice(0, text.indexOf('\n'))
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return user + nice + system + interrupt + softInterrupt
}
