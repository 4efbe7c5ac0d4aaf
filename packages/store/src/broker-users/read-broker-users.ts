import type { Queryable } from '../connection/store.ts'

export interface BrokerUserRow {
  readonly username: string
  readonly protocol: 'cordon' | 'owntracks' | 'traccar' | 'forwarder'
  readonly passwordHash: string
}

/** Of `u`. What is revoked is not in force, whatever its password. */
const IN_FORCE = `
  not exists (select from tags where id = u.username and revoked_at is not null)
  and not exists (select from forwarders where 'forwarder.' || id = u.username and revoked_at is not null)`

const READ = {
  name: 'read-broker-users',
  text: `select username, protocol, password_bcrypt as "passwordHash" from broker_users u where ${IN_FORCE} order by username`,
}
// Every change has a number of its own. 30,000 of them are a few milliseconds.
const STAMP = {
  name: 'read-broker-users-stamp',
  text: `select md5(coalesce(string_agg(version::text, ',' order by version), '')) as stamp from broker_users u where ${IN_FORCE}`,
}

export const readBrokerUsers = (database: Queryable): Promise<readonly BrokerUserRow[]> =>
  database.query<BrokerUserRow>(READ)

/** Another text whenever an account has been made, replaced, removed, revoked or reinstated. */
export async function readBrokerUsersStamp(database: Queryable): Promise<string> {
  const [row] = await database.query<{ stamp: string }>(STAMP)
  return row?.stamp ?? ''
}
