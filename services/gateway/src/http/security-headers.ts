import type { FastifyReply, FastifyRequest } from 'fastify'

/** Nothing from elsewhere, nothing inline, nobody frames us. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** On every answer. `no-referrer` would make browsers send `Origin: null` with the sign-in form, so it is `same-origin`. */
export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(request.protocol === 'https' && { 'strict-transport-security': 'max-age=31536000' }),
    ...(request.url.startsWith('/api/') && { 'cache-control': 'no-store', vary: 'Accept, Authorization, Cookie' }),
  })
}
