import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { extendSession, noteTokenUse, type Queryable, readSession, readToken } from '@cordon/store'
import { fastifyCookie } from '@fastify/cookie'
import { type Front, sessionCookieName } from './front.ts'
import { hashSecret } from './secrets.ts'
import { type Credential, caseloadOf, type Viewer } from './viewer.ts'

/** A session ends after so long without a request. */
export const SESSION_IDLE_SECONDS = 120 * 60

/** Longer than any secret that was ever given out: not worth a hash. */
const MAX_SECRET = 512

/** Who these headers belong to; undefined: nobody. A bearer token goes before a cookie. */
export async function authenticate(
  database: Queryable,
  headers: IncomingHttpHeaders,
  front: Front,
): Promise<Viewer | undefined> {
  const credential = readCredential(headers, sessionCookieName(front))
  if (credential === undefined) return undefined
  return credential.kind === 'token' ? ofToken(database, credential) : ofSession(database, credential)
}

function readCredential({ authorization, cookie }: IncomingHttpHeaders, name: string): Credential | undefined {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  const secret = token ?? (authorization === undefined ? fastifyCookie.parse(cookie ?? '')[name] : undefined)
  if (secret === undefined || secret === '' || secret.length > MAX_SECRET) return undefined
  return { kind: token === undefined ? 'session' : 'token', secret, hash: hashSecret(secret) }
}

async function ofToken(database: Queryable, credential: Credential): Promise<Viewer | undefined> {
  const token = await readToken(database, credential.hash)
  if (token === undefined || !timingSafeEqual(token.tokenHash, credential.hash)) return undefined
  if (token.usedLongAgo) await noteTokenUse(database, credential.hash)
  const name = `token:${token.name}`
  return { name, displayName: token.name, role: token.role, caseload: caseloadOf(token.role, name), credential }
}

async function ofSession(database: Queryable, credential: Credential): Promise<Viewer | undefined> {
  const session = await readSession(database, credential.hash)
  if (session === undefined || !timingSafeEqual(session.tokenHash, credential.hash)) return undefined
  if (session.seenLongAgo) await extendSession(database, credential.hash, SESSION_IDLE_SECONDS)
  const { name, displayName, role } = session
  return { name, displayName, role, caseload: caseloadOf(role, name), credential }
}
