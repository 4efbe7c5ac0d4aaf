import type { Queryable } from '../connection/store.ts'

const PUT = {
  name: 'put-broker-user',
  text: `
    insert into broker_users as known (username, protocol, password_bcrypt) values ($1, $2, $3)
    on conflict (username) do update
      set protocol = excluded.protocol, password_bcrypt = excluded.password_bcrypt, version = default`,
}
const REMOVE = { name: 'remove-broker-user', text: 'delete from broker_users where username = $1' }

/** Makes or replaces the account of a tag or forwarder at the NATS servers. */
export async function putBrokerUser(
  database: Queryable,
  {
    username,
    protocol,
    passwordHash,
  }: { readonly username: string; readonly protocol: string; readonly passwordHash: string },
): Promise<void> {
  await database.execute(PUT, [username, protocol, passwordHash])
}

/** That there is none is no error. */
export async function removeBrokerUser(database: Queryable, username: string): Promise<void> {
  await database.execute(REMOVE, [username])
}
