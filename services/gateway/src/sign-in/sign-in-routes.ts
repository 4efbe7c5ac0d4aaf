import type { Clock } from '@cordon/runtime'
import { insertAuditEntry, insertSession, readAccountSecret, type Store } from '@cordon/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../http/refuse.ts'
import { SESSION_IDLE_SECONDS } from './authenticate.ts'
import type { Front } from './front.ts'
import { createLockout, LOCKED_MINUTES, type Lockout } from './lockout.ts'
import { isPassword } from './passwords.ts'
import { isSameOrigin } from './same-origin.ts'
import { hashSecret, newSecret } from './secrets.ts'
import { sessionCookie } from './session-cookie.ts'
import { SIGN_IN_CSS, signInPage } from './sign-in-page.ts'

export interface SignInParts {
  readonly store: Store
  readonly clock: Clock
  readonly front: Front
  /** Attempts a minute from one address. */
  readonly attemptsPerMinute: number
  /** A session ends then, however often it is used. */
  readonly sessionSeconds: number
}

const MAX_FORM_BYTES = 4_096

/** GET and POST /sign-in, for people. Machines have tokens. */
export async function signInRoutes(app: FastifyInstance, parts: SignInParts): Promise<void> {
  const lockout = createLockout(parts.store, parts.clock)
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
  const { lockout, store, front } = parts
  if (!(request.body instanceof URLSearchParams)) throw new Refusal('unsupported-media-type', 'expected the form')
  if (!isSameOrigin(request.headers, front)) throw new Refusal('forbidden', 'sign in on the page of this site')
  const name = (request.body.get('name') ?? '').trim().toLowerCase()
  if (!(await lockout.mayTry(name))) {
    return sendPage(
      reply,
      429,
      `Too many wrong passwords. Try again in ${LOCKED_MINUTES} minutes, or ask an administrator.`,
    )
  }
  const account = await readAccountSecret(store, name)
  const isRight = await isPassword(account?.passwordHash, request.body.get('password') ?? '')
  if (account === undefined || !isRight) {
    // A name that nobody has may be a password typed into the wrong field.
    await insertAuditEntry(store, { who: account === undefined ? 'nobody' : name, what: 'sign-in-failed' })
    return sendPage(reply, 401, 'The user name or the password is wrong.')
  }
  await lockout.succeeded(name)
  const secret = await openSession(parts, account.id, name)
  return reply.header('set-cookie', sessionCookie(secret, front, request.protocol === 'https')).redirect('/', 303)
}

async function openSession({ store, sessionSeconds }: SignInParts, accountId: string, name: string): Promise<string> {
  const secret = newSecret()
  await store.transaction(async inside => {
    const times = { idleSeconds: SESSION_IDLE_SECONDS, longestSeconds: sessionSeconds }
    await insertSession(inside, { tokenHash: hashSecret(secret), accountId, ...times })
    await insertAuditEntry(inside, { who: name, what: 'sign-in' })
  })
  return secret
}

const sendPage = (reply: FastifyReply, status: number, problem?: string): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(signInPage(problem))
