import { createHash, randomBytes } from 'node:crypto'

/** 192 random bits: as an MQTT password, API token or session cookie. */
export const newSecret = (): string => randomBytes(24).toString('base64url')

/** Enough at rest for secrets with that many random bits; passwords that people choose go through argon2. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
