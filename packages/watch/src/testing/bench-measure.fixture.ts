import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** CPU seconds of this process, with those of its collector and compiler: what a core has to give, whoever else uses the machine. */
export function cpuSeconds(work: () => void): number {
  const began = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1e6
}

/** CPU seconds of each of so many rounds, after as many as are needed to warm up. */
export function rounds(count: number, work: () => void, warmUp = 2): number[] {
  for (let i = 0; i < warmUp; i++) work()
  return Array.from({ length: count }, () => cpuSeconds(work))
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Bytes in use after everything that can be collected was. */
export function bytesInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
