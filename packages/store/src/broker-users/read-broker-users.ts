import type { Queryable } from '../connection/store.ts'

export interface BrokerUserRow {
  readonly username: string
  readonly protocol: 'cordon' | 'owntracks' | 'traccar' | 'forwarder'
  readonly passwordHash: string
}

const READ = {
  name: 'read-broker-users',
  text: 'select username, protocol, password_bcrypt as "passwordHash" from broker_users order by username',
}
// A change has a number of its own, whenever it is committed: no two states have the same sum and count.
const STAMP = {
  name: 'read-broker-users-stamp',
  text: `select count(*) || '/' || coalesce(sum(version), 0) as stamp from broker_users`,
}

export const readBrokerUsers = (database: Queryable): Promise<readonly BrokerUserRow[]> =>
  database.query<BrokerUserRow>(READ)

/** Another text whenever an account has been made, replaced or removed. */
export async function readBrokerUsersStamp(database: Queryable): Promise<string> {
  const [row] = await database.query<{ stamp: string }>(STAMP)
  return row?.stamp ?? ''
}
