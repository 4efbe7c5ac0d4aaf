import { claimAccountName, hashMqttPassword, type Queryable } from '@cordon/store'
import { Refusal } from '../http/refuse.ts'
import { newSecret } from '../sign-in/secrets.ts'

export interface NewCredentials {
  readonly username: string
  readonly password: string
  readonly passwordHash: Buffer
}

/** No tag id has a dot, so no tag can have this name. */
export const forwarderName = (id: string): string => `forwarder.${id}`

export function newPassword(): Omit<NewCredentials, 'username'> {
  const password = newSecret()
  return { password, passwordHash: hashMqttPassword(password) }
}

/** MQTT credentials under a name that is free, and stays so until this transaction ends. */
export async function newCredentials(inside: Queryable, username: string, what: string): Promise<NewCredentials> {
  if (!(await claimAccountName(inside, username))) {
    throw new Refusal('conflict', `there is a ${what} with this id already`, { field: '/id' })
  }
  return { username, ...newPassword() }
}
