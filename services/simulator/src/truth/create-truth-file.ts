import { closeSync, openSync, writeSync } from 'node:fs'
import type { DeviceEventType } from '@cordon/contract'

/** One line of the truth file: what happened, for a program that compares it with what Cordon made of it. */
export type Truth =
  /** A fix whose message the broker has acknowledged, once. `time` in epoch milliseconds, true position in degrees. */
  | {
      readonly type: 'fix'
      readonly tagId: string
      readonly time: number
      readonly seq: number
      readonly trueLon: number
      readonly trueLat: number
      readonly jump?: true
    }
  /** A stay within 100 m of the place that the wearer must avoid. */
  | {
      readonly type: 'visit'
      readonly tagId: string
      readonly place: string
      readonly from: number
      readonly to: number
    }
  /** Away from home, by more than 150 m, in the hours of the curfew. */
  | {
      readonly type: 'absence'
      readonly tagId: string
      readonly place: string
      readonly from: number
      readonly to: number
      readonly hours: { readonly from: number; readonly to: number }
    }
  /** A device event whose message the broker has acknowledged, once. */
  | {
      readonly type: 'event'
      readonly tagId: string
      readonly event: DeviceEventType
      readonly time: number
      readonly seq: number
    }
  /** Nothing was sent for two minutes or more: from the last message to the next, or to the end of the run. */
  | {
      readonly type: 'silence'
      readonly tagId: string
      readonly from: number
      readonly to: number
      /** `fault`: a gap of the kind that `--faults` asks for. */
      readonly why: 'no-signal' | 'power-off' | 'fault'
    }
  /** The tag's n-th malformed message, acknowledged by the broker. */
  | { readonly type: 'malformed'; readonly tagId: string; readonly n: number }

export interface TruthFile {
  add(truth: Truth): void
  /** Writes what is left. */
  stop(): void
}

const FLUSH_MS = 1_000

/** Nothing is kept when nobody asked for it. */
export const noTruthFile: TruthFile = { add: () => undefined, stop: () => undefined }

/** JSON lines, added to the file every second and at the end; a second run goes on in the same file. */
export function createTruthFile(path: string): TruthFile {
  const file = openSync(path, 'a', 0o600)
  let lines: string[] = []
  const flush = () => {
    if (lines.length === 0) return
    const text = `${lines.join('\n')}\n`
    lines = []
    writeSync(file, text)
  }
  const timer = setInterval(flush, FLUSH_MS)
  return {
    add: truth => void lines.push(JSON.stringify(truth)),
    stop: () => {
      clearInterval(timer)
      flush()
      closeSync(file)
    },
  }
}
