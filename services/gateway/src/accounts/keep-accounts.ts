import { toError } from '@cordon/runtime'
import { type ComparisonParts, compareAccounts, repairOne } from './compare-accounts.ts'

export interface AccountKeeper {
  /**
   * The broker may not have what the register says of this account, or will say once the transaction under way has ended: sees to
   * it, again and again until that has worked.
   */
  owe(username: string): void
  stop(): Promise<void>
}

export interface KeeperTimings {
  readonly every: number
  readonly again: number
}

/** Milliseconds. An old file of the broker's comes with a restart of it, and its return is told; every hour is for what is not. */
const TIMINGS: KeeperTimings = { every: 3_600_000, again: 5_000 }

/** Keeps the broker's accounts what the register says: at the start, when the broker is back, every hour, and what is owed. */
export function keepAccounts(parts: ComparisonParts, timings: KeeperTimings = TIMINGS): AccountKeeper {
  // Bounded by the register: a name is in it once.
  const owed = new Set<string>()
  let isComparisonDue = true
  let running: Promise<void> | undefined
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  const settle = async (): Promise<void> => {
    for (const username of owed) {
      await repairOne(parts, username)
      owed.delete(username)
    }
    if (!isComparisonDue) return
    isComparisonDue = false
    await compareAccounts(parts).catch((error: unknown) => {
      isComparisonDue = true
      throw error
    })
  }

  const run = async (): Promise<void> => {
    let wait = timings.every
    try {
      while ((owed.size > 0 || isComparisonDue) && !isStopped) await settle()
    } catch (error) {
      parts.logger.warn({ err: toError(error), owed: owed.size }, 'the broker’s accounts are not seen to: trying again')
      wait = timings.again
    }
    running = undefined
    if (isStopped) return
    timer = setTimeout(compare, wait)
    timer.unref()
  }

  const begin = (): void => {
    if (running !== undefined || isStopped) return
    clearTimeout(timer)
    running = run()
  }
  const compare = (): void => {
    isComparisonDue = true
    begin()
  }

  parts.accounts.onReconnected(compare)
  compare()
  return {
    owe: username => {
      owed.add(username)
      begin()
    },
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
