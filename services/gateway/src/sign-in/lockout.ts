import type { Clock } from '@cordon/runtime'
import { countSignIn, forgetFailedSignIns, type Queryable } from '@cordon/store'
import { hashSecret } from './secrets.ts'

export interface Lockout {
  /** False: the name is locked. True: this attempt counts as failed until it has succeeded. */
  mayTry(name: string): Promise<boolean>
  succeeded(name: string): Promise<void>
}

/** R77. */
const MAX_FAILURES = 5
export const LOCKED_MINUTES = 30

/**
 * Five wrong passwords in a row lock a name, whether anybody has that name or not, at every gateway of the database. What is tried
 * meanwhile does not prolong it. Whoever is kept out so on purpose is let in by an administrator, and the administrator's token,
 * which the environment sets, is no name and cannot be locked.
 */
export const createLockout = (database: Queryable, clock: Clock): Lockout => ({
  mayTry: name =>
    countSignIn(database, {
      nameHash: nameHash(name),
      at: new Date(clock.now()),
      maxFailures: MAX_FAILURES,
      lockedSeconds: LOCKED_MINUTES * 60,
    }),
  succeeded: name => forgetFailedSignIns(database, nameHash(name)),
})

/** What is typed there can be a password. */
export const nameHash = (name: string): Buffer => hashSecret(name)
