import type { Queryable } from '../connection/store.ts'
import { LOCK_ACCOUNT_NAME } from './claim-account-name.ts'
import { BROKER_CREDENTIALS, type BrokerCredentials } from './read-broker-credentials.ts'

const READ_ONE = {
  name: 'read-broker-credentials-of',
  text: `select * from (${BROKER_CREDENTIALS}) known where username = $1`,
}

/**
 * What the register says of one account of the broker, and goes on saying until this transaction ends: whoever makes, changes or
 * revokes it waits. Undefined: there is none.
 */
export async function lockBrokerCredentials(
  inside: Queryable,
  username: string,
): Promise<BrokerCredentials | undefined> {
  await inside.query(LOCK_ACCOUNT_NAME, [username])
  const [row] = await inside.query<BrokerCredentials>(READ_ONE, [username])
  return row
}
