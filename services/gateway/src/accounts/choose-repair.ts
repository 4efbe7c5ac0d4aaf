import { type AccountAtBroker, type AccountTopics, FORWARDER_TOPICS, isSameTopics, tagTopics } from '@cordon/live'
import type { BrokerCredentials } from '@cordon/store'

/**
 * What has to be done so that the broker has what the register says.
 * `shut`: take every right away. `open`: give it its rights, and no others. `make`: make it, as one that needs no password.
 * `lost`: its password is gone, and nobody has it; the tag must be given new credentials.
 */
export type Repair = 'none' | 'shut' | 'open' | 'make' | 'lost'

export function chooseRepair(registered: BrokerCredentials | undefined, there: AccountAtBroker | undefined): Repair {
  // Never removed: a register that was restored from an old backup would take passwords with it that nobody has.
  if (registered === undefined || registered.isRevoked) return there === undefined || isShut(there) ? 'none' : 'shut'
  const isCurrent = there?.version === registered.version
  if (registered.credentials === 'certificate' && !isCurrent) return 'make'
  if (there === undefined) return 'lost'
  // An old file of the broker's: the password that was in force then must not be in force again.
  if (!isCurrent) return isShut(there) ? 'lost' : 'shut'
  return isOpen(there, topicsOf(registered)) ? 'none' : 'open'
}

export const topicsOf = ({ kind, username, protocol }: BrokerCredentials): AccountTopics =>
  kind === 'forwarder' ? FORWARDER_TOPICS : tagTopics(username, protocol)

const isShut = ({ isEnabled, hasMore, publish, subscribe }: AccountAtBroker): boolean =>
  !isEnabled && !hasMore && publish.length + subscribe.length === 0

const isOpen = (there: AccountAtBroker, topics: AccountTopics): boolean =>
  there.isEnabled && !there.hasMore && isSameTopics(there, topics)
