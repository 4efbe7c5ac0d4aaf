import { hash, verify } from '@node-rs/argon2'
import { newSecret } from './secrets.ts'

/** OWASP's first recommendation for Argon2id: 19 MiB, 2 passes, 1 lane. The library's default algorithm is Argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, COST)

const nobodys = hashPassword(newSecret())

/** As much work for a name that nobody has as for one that somebody has, so that the time tells nothing. */
export async function isPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await nobodys), password)
  return isRight && passwordHash !== undefined
}
