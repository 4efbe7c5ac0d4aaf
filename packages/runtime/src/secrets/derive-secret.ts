import { createHmac } from 'node:crypto'

/** 32 bytes that follow from a key and a salt (HMAC-SHA-256, RFC 2104): nobody who has the salt alone can make them. */
export function deriveSecret(key: string, salt: Uint8Array): Buffer {
  return createHmac('sha256', key).update(salt).digest()
}
