import type { Clock } from '@cordon/runtime'
import { insertAuditEntry, insertSession, readAccountSecret, type Store } from '@cordon/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../http/refuse.ts'
import { SESSION_IDLE_SECONDS } from './authenticate.ts'
import { createLockout, type Lockout } from './lockout.ts'
import { isPassword } from './passwords.ts'
import { isSameOrigin } from './same-origin.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { sessionCookie } from './session-cookie.ts'
import { SIGN_IN_CSS, signInPage } from './sign-in-page.ts'

export interface SignInParts {
  readonly store: Store
  readonly clock: Clock
  /** Under which people reach this gateway; undefined: as the request says. */
  readonly publicUrl: string | undefined
  /** Attempts a minute from one address. */
  readonly attemptsPerMinute: number
}

const MAX_FORM_BYTES = 4_096

/** GET and POST /sign-in, for people. Machines have tokens. */
export async function signInRoutes(app: FastifyInstance, parts: SignInParts): Promise<void> {
  const lockout = createLockout(parts.clock)
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  app.get('/sign-in', (_request, reply) => sendPage(reply, 200))
  app.get('/sign-in.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(SIGN_IN_CSS),
  )
  app.post(
    '/sign-in',
    { config: { rateLimit: { max: parts.attemptsPerMinute, timeWindow: '1 minute' } } },
    (request, reply) => signIn(request, reply, { ...parts, lockout }),
  )
}

type Attempt = SignInParts & { readonly lockout: Lockout }

async function signIn(request: FastifyRequest, reply: FastifyReply, parts: Attempt): Promise<FastifyReply> {
  const { lockout, store, publicUrl } = parts
  if (!(request.body instanceof URLSearchParams)) throw new Refusal('unsupported-media-type', 'expected the form')
  if (!isSameOrigin(request.headers, publicUrl)) throw new Refusal('forbidden', 'sign in on the page of this site')
  const name = (request.body.get('name') ?? '').trim().toLowerCase()
  if (lockout.isLocked(name)) return sendPage(reply, 429, 'Too many wrong passwords. Try again in 15 minutes.')
  const account = await readAccountSecret(store, name)
  const isRight = await isPassword(account?.passwordHash, request.body.get('password') ?? '')
  if (account === undefined || !isRight) {
    lockout.failed(name)
    // A name that nobody has may be a password typed into the wrong field.
    await insertAuditEntry(store, { who: account === undefined ? 'nobody' : name, what: 'sign-in-failed' })
    return sendPage(reply, 401, 'The user name or the password is wrong.')
  }
  lockout.succeeded(name)
  const secret = await openSession(store, account.id, name)
  return reply.header('set-cookie', sessionCookie(secret, isSecure(request, publicUrl))).redirect('/', 303)
}

async function openSession(store: Store, accountId: string, name: string): Promise<string> {
  const secret = newSecret()
  await store.transaction(async inside => {
    await insertSession(inside, { tokenHash: hashSecret(secret), accountId, idleSeconds: SESSION_IDLE_SECONDS })
    await insertAuditEntry(inside, { who: name, what: 'sign-in' })
  })
  return secret
}

const isSecure = (request: FastifyRequest, publicUrl: string | undefined): boolean =>
  request.protocol === 'https' || publicUrl?.startsWith('https:') === true

const sendPage = (reply: FastifyReply, status: number, problem?: string): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(signInPage(problem))
