import { fastifyCookie } from '@fastify/cookie'
import { SESSION_COOKIE } from './authenticate.ts'

const COMMON = { path: '/', httpOnly: true, sameSite: 'strict' } as const

/** Gone with the browser; how long it is good is the server's to say. `secure`: it came over TLS and must never go without. */
export const sessionCookie = (secret: string, secure: boolean): string =>
  fastifyCookie.serialize(SESSION_COOKIE, secret, { ...COMMON, secure })

export const expiredCookie = (): string => fastifyCookie.serialize(SESSION_COOKIE, '', { ...COMMON, maxAge: 0 })
