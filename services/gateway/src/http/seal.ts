import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/**
 * A kept answer can hold a password that is shown once, or a wearer's name. It is kept encrypted with the credential of the client
 * that made the request, of which the database has only the hash: nobody but that client can have it again. AES-256-GCM.
 */
export function seal(value: unknown, credential: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(credential), nonce)
  const text = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
}

/** Undefined when it was sealed with another credential. */
export function unseal(sealed: string, credential: string): unknown {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(credential), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  try {
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString()) as unknown
  } catch {
    return undefined
  }
}

function keyOf(credential: string): Buffer {
  const secret = createHash('sha512').update(credential).digest()
  return Buffer.from(hkdfSync('sha256', secret, '', 'cordon kept answers', 32))
}
