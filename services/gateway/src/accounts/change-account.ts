import type { BrokerAccounts } from '@cordon/live'
import { type BrokerCredentials, lockBrokerCredentials, type Queryable } from '@cordon/store'
import { notFound, Refusal } from '../http/refuse.ts'
import { topicsOf } from './choose-repair.ts'
import type { AccountKeeper } from './keep-accounts.ts'

export interface AccountParts {
  readonly accounts: BrokerAccounts
  readonly keeper: Pick<AccountKeeper, 'owe'>
}

/** What a handler is given to say what has to be done when its transaction does not commit. */
type Undo = (work: () => Promise<void>) => void

/** The account as registered, which nobody else changes until this transaction ends. */
export async function lockAccount(inside: Queryable, username: string, what: string): Promise<BrokerCredentials> {
  const registered = await lockBrokerCredentials(inside, username)
  if (registered === undefined) throw notFound(what)
  return registered
}

/**
 * Whether the broker has cut it off. One that does not answer must not keep a revocation from being recorded: ingest refuses the
 * tag from then on, and the broker is told again until it has done it.
 */
export async function cutOff({ accounts, keeper }: AccountParts, username: string, undo: Undo): Promise<boolean> {
  undo(() => Promise.resolve(keeper.owe(username)))
  try {
    await accounts.revoke(username)
    return true
  } catch {
    keeper.owe(username)
    return false
  }
}

/** The broker first: the register must not say that a tag may speak which cannot. */
export async function letIn(
  { accounts, keeper }: AccountParts,
  registered: BrokerCredentials,
  undo: Undo,
): Promise<void> {
  const { username, kind, protocol, version, credentials } = registered
  undo(() => Promise.resolve(keeper.owe(username)))
  if (credentials === 'certificate') return accounts.putTag(username, protocol, null, version)
  if (await accounts.reinstate(username, topicsOf(registered), version)) return
  throw new Refusal(
    'conflict',
    `the broker does not have the password of this ${kind} any more: give it new credentials`,
  )
}
