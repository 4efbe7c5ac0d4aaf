import { asId, type Cursor } from '@cordon/contract'
import type { EmbeddedBroker } from '@cordon/embedded'
import { type Logger, toError } from '@cordon/runtime'
import {
  type BrokerCredentials,
  readBrokerCredentials,
  readConfigurationChanges,
  readConfigurationCursor,
  type Store,
} from '@cordon/store'
import type { LocalAccount } from './broker-rules.ts'

export interface CutOffParts {
  readonly store: Store
  readonly broker: Pick<EmbeddedBroker<LocalAccount>, 'disconnect'>
  readonly logger: Logger
}

/** A revoked tag is to be gone within 2 s. */
const LOOK_MS = 500
const CHANGES_AT_ONCE = 5_000
/**
 * Looks at the connections once more after each change of the register: a client whose password was read just before the change is
 * among them only a moment later.
 */
const LOOKS = 2

/**
 * Closes the connections of tags and forwarders whose credentials were revoked or changed. The embedded broker asks the database at
 * each CONNECT; this is for those who are connected already.
 */
export async function startCutOff(parts: CutOffParts): Promise<{ readonly stop: () => Promise<void> }> {
  const { store, logger } = parts
  let cursor = asId<Cursor>(await readConfigurationCursor(store))
  let looks = 0
  let running: Promise<void> = Promise.resolve()
  let isFailing = false

  const look = async (): Promise<void> => {
    const changes = await readConfigurationChanges(store, cursor, CHANGES_AT_ONCE)
    if (changes.some(({ entity }) => entity === 'tags' || entity === 'forwarders')) looks = LOOKS
    if (looks > 0) await cutOff(parts)
    looks = Math.max(0, looks - 1)
    cursor = changes.at(-1)?.cursor ?? cursor
  }
  const tell = (error: unknown): void => {
    if (!isFailing) logger.error({ err: toError(error) }, 'revoked tags cannot be looked for: trying again')
    isFailing = true
  }
  let isLooking = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    running = look()
      .then(() => {
        isFailing = false
      }, tell)
      .finally(() => {
        isLooking = false
      })
  }, LOOK_MS)
  return {
    stop: () => {
      clearInterval(timer)
      return running
    },
  }
}

async function cutOff({ store, broker, logger }: CutOffParts): Promise<void> {
  const registered = new Map((await readBrokerCredentials(store)).map(row => [row.username, row]))
  const closed = broker.disconnect(account => !isGood(account, registered))
  if (closed > 0) logger.info({ closed }, 'connections whose credentials are no longer good were closed')
}

function isGood(account: LocalAccount, registered: ReadonlyMap<string, BrokerCredentials>): boolean {
  if (account.kind === 'service') return true
  const now = registered.get(account.kind === 'tag' ? account.tagId : `forwarder.${account.id}`)
  return now !== undefined && !now.isRevoked && now.version === account.version
}
