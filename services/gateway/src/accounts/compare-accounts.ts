import { ENGINE_NAME } from '@cordon/contract'
import type { AccountAtBroker, BrokerAccounts } from '@cordon/live'
import { createError, type Logger } from '@cordon/runtime'
import { insertAuditEntry, lockBrokerCredentials, readBrokerCredentials, type Store } from '@cordon/store'
import { chooseRepair, type Repair, topicsOf } from './choose-repair.ts'

export interface ComparisonParts {
  readonly store: Store
  readonly accounts: BrokerAccounts
  readonly logger: Logger
}

/** Accounts that somebody made for the site have a dot in their name, and no forwarder's prefix: they are not ours to judge. */
const isOurs = (username: string): boolean => !username.includes('.') || username.startsWith('forwarder.')

/**
 * More than this of the broker's accounts that the register does not know, and more than so many: then it is the register that is
 * wrong (another database, an old backup), and to shut them would blind everybody.
 */
const MAX_UNKNOWN_SHARE = 0.05
const MAX_UNKNOWN = 20
/** Names in one line of the log; the others are counted. */
const NAMES_SHOWN = 20

/** Compares every account of the broker with the register, and repairs what differs. Rejects when one of the two is away. */
export async function compareAccounts(parts: ComparisonParts): Promise<void> {
  const { store, accounts, logger } = parts
  // Of the two the broker first: what is made in between is known to the register, and looked at again under a lock.
  const there = await accounts.readAll()
  if (there === null) return
  const registered = new Map((await readBrokerCredentials(store)).map(row => [row.username, row]))
  const unknown = [...there.keys()].filter(name => isOurs(name) && !registered.has(name))
  const isRegisterAtFault = unknown.length > Math.max(MAX_UNKNOWN, there.size * MAX_UNKNOWN_SHARE)
  if (isRegisterAtFault) {
    logger.error(
      { unknown: unknown.length, accounts: there.size },
      'the broker has accounts that the register does not know, too many to be shut: is this the right database?',
    )
  }
  const names = [...registered.keys(), ...(isRegisterAtFault ? [] : unknown)]
  const suspects = names.filter(name => chooseRepair(registered.get(name), there.get(name)) !== 'none')
  await report(parts, await repairAll(parts, suspects))
}

async function repairAll(parts: ComparisonParts, names: readonly string[]): Promise<ReadonlyMap<Repair, string[]>> {
  const repaired = new Map<Repair, string[]>()
  for (const name of names) {
    const repair = await repairOne(parts, name)
    repaired.set(repair, [...(repaired.get(repair) ?? []), name])
  }
  repaired.delete('none')
  return repaired
}

/** Under the lock that everybody takes who changes this account: what is decided on cannot change meanwhile. */
export function repairOne({ store, accounts }: ComparisonParts, name: string): Promise<Repair> {
  return store.transaction(async inside => {
    const registered = await lockBrokerCredentials(inside, name)
    const there = await accounts.read(name)
    const repair = chooseRepair(registered, there)
    if (repair === 'shut') await accounts.revoke(name)
    if (registered === undefined) return repair
    if (repair === 'open' && !(await accounts.reinstate(name, topicsOf(registered), registered.version)))
      throw createError('broker-unavailable', `the broker has no account ${name} any more`)
    if (repair === 'make') await accounts.putTag(name, registered.protocol, null, registered.version)
    return repair === 'shut' && isPasswordLost(registered.isRevoked, there) ? 'lost' : repair
  })
}

/** It was shut because its password is an old one, not because it is revoked. */
const isPasswordLost = (isRevoked: boolean, there: AccountAtBroker | undefined): boolean =>
  !isRevoked && there !== undefined

async function report({ store, logger }: ComparisonParts, repaired: ReadonlyMap<Repair, string[]>): Promise<void> {
  const counts = Object.fromEntries([...repaired].map(([repair, names]) => [repair, names.length]))
  for (const [repair, names] of repaired) {
    const shown = { accounts: names.length, names: names.slice(0, NAMES_SHOWN) }
    if (repair === 'lost') logger.error(shown, 'accounts at the broker need new credentials: theirs are gone or old')
    else logger.warn({ ...shown, repair }, 'accounts at the broker were not what the register says: repaired')
  }
  const isRepaired = [...repaired.keys()].some(repair => repair !== 'lost')
  if (!isRepaired) return
  await insertAuditEntry(store, { who: ENGINE_NAME, what: 'repair-broker-accounts', detail: counts })
}
