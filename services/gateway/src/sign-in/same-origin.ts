import type { IncomingHttpHeaders } from 'node:http'
import type { Front } from './front.ts'

/**
 * Whether a request that carries a cookie comes from our own pages. SameSite=Strict keeps the cookie at home already; this holds
 * where a browser or a neighbour on another port of the same site gets round it.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, { publicUrl, isTls }: Front): boolean {
  const { origin } = headers
  if (origin === undefined) return headers['sec-fetch-site'] === 'same-origin'
  if (!URL.canParse(origin)) return false
  if (publicUrl !== undefined) return new URL(origin).origin === new URL(publicUrl).origin
  if (isTls && new URL(origin).protocol !== 'https:') return false
  return new URL(origin).host === headers.host
}
