import type { NearMiss, SetAside } from '@cordon/contract'
import type { WatchContext } from '../context/watch-context.ts'
import type { EpisodeView } from '../told/episode-view.ts'

/** Where the fold hands what it comes to. An episode is handed on whenever something of it is new. */
export interface Telling {
  episode(view: EpisodeView): void
  nearMiss(nearMiss: NearMiss): void
  setAside(setAside: SetAside): void
}

/** A fix within its activation: `[measuredAt, seq]`, because sixteen of them are in every state. */
export type FixIdentity = readonly [measuredAt: number, seq: number]

/** What a step of the fold works with besides what it is about. */
export interface Scene {
  readonly context: WatchContext
  /** The last fixes, newest last. */
  readonly recent: readonly FixIdentity[]
  readonly tell: Telling
}

/** Also the most fixes that a judgement names. */
export const RECENT_FIXES = 16
export const RECENT_BITS = 2 ** RECENT_FIXES - 1

/** Identities, `measuredAt/seq`, newest last. */
export function fixesOf(recent: readonly FixIdentity[], restsOn: number): string[] {
  const newest = recent.length - 1
  const fixes: string[] = []
  for (const [i, [at, seq]] of recent.entries()) if ((restsOn >> (newest - i)) & 1) fixes.push(`${at}/${seq}`)
  return fixes
}
