import { claimAccountName, hashMqttPassword, type Queryable } from '@cordon/store'
import { Refusal } from '../http/refuse.ts'
import { newSecret } from '../sign-in/secrets.ts'

export interface NewCredentials {
  readonly username: string
  readonly password: string
  readonly passwordHash: Buffer
}

/** MQTT credentials under a name that is free, and stays so until this transaction ends. */
export async function newCredentials(inside: Queryable, username: string, what: string): Promise<NewCredentials> {
  if (!(await claimAccountName(inside, username))) {
    throw new Refusal('conflict', `there is a ${what} with this id already`, { field: '/id' })
  }
  const password = newSecret()
  return { username, password, passwordHash: hashMqttPassword(password) }
}
