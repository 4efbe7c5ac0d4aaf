import { cpus, loadavg, totalmem } from 'node:os'

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGib: number
  readonly node: string
  /** Over the last minute: more than a little before a run means that the figures are of a busy machine. */
  readonly load: number
}

export function readMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: loadavg()[0] ?? Number.NaN,
  }
}

export const describeMachine = ({ processor, cores, memoryGib, node, load }: Machine): string =>
  `${cores} × ${processor}, ${memoryGib} GiB, Node ${node}; load before the run ${load.toFixed(2)}`
