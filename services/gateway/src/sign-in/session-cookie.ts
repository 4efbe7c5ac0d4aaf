import { fastifyCookie } from '@fastify/cookie'
import { type Front, sessionCookieName } from './front.ts'

const COMMON = { path: '/', httpOnly: true, sameSite: 'strict' } as const

/** Gone with the browser; how long it is good is the server's to say. `secure`: it came over TLS and must never go without. */
export const sessionCookie = (secret: string, front: Front, secure: boolean): string =>
  fastifyCookie.serialize(sessionCookieName(front), secret, { ...COMMON, secure: secure || front.isTls })

export const expiredCookie = (front: Front): string =>
  fastifyCookie.serialize(sessionCookieName(front), '', { ...COMMON, secure: front.isTls, maxAge: 0 })
