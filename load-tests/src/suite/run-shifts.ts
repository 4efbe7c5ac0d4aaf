import { type LoadFigures, measureLoad } from '../run/measure-load.ts'
import { runTraffic, type Traffic, type TrafficOptions } from '../run/run-traffic.ts'
import type { Stack } from '../stack/start-stack.ts'
import { mostConnections } from './open-files.ts'

export interface Shifts {
  /** Of the shifts that had left when it was measured. */
  readonly before: readonly Traffic[]
  readonly traffic: Traffic
  readonly figures: LoadFigures
  /** Tags that were connected while it was measured. */
  readonly connected: number
}

/** So that a wearer has a state, and a track that moved. */
const FIXES_BEFORE = 2
const QUIET = { windowBegins: () => undefined, windowEnds: () => undefined }

/**
 * Measures with as many tags connected as this machine's open files allow. The others have published before, and left: their wearers
 * are in ingest's memory all the same.
 */
export async function runShifts(stack: Stack, options: TrafficOptions, most = mostConnections()): Promise<Shifts> {
  const count = Math.ceil(stack.tags.length / most)
  const each = Math.ceil(stack.tags.length / count)
  const before: Traffic[] = []
  for (let shift = 0; shift < count - 1; shift++) {
    const tags = stack.tags.slice(shift * each, (shift + 1) * each)
    const windowMs = (tags.length * FIXES_BEFORE * 1_000) / (options.rate * options.items)
    options.say(`${tags.length} tags first, for ${count} shifts are needed with this many open files`)
    before.push(await runTraffic({ ...stack, tags }, { ...options, entriesPerSecond: 0, warmUpMs: 0, windowMs }, QUIET))
  }
  const last = { ...stack, tags: stack.tags.slice((count - 1) * each) }
  const { traffic, figures } = await measureLoad(last, options)
  return { before, traffic, figures, connected: last.tags.length }
}
