import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createError, toError } from '@cordon/runtime'

/** Made at the first start and kept, so that a second start knows the same people. */
export interface LocalSecrets {
  readonly adminToken: string
  readonly operatorPassword: string
}

const make = (bytes: number) => randomBytes(bytes).toString('base64url')

/** Reads `secrets.json` of the data folder, or makes it, readable by its owner only. */
export function readLocalSecrets(dataDir: string): LocalSecrets {
  const file = join(dataDir, 'secrets.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LocalSecrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw createError('data-dir-unusable', `${file} cannot be read: ${toError(error).message}`, { cause: error })
    }
  }
  const secrets = { adminToken: make(32), operatorPassword: make(12) }
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  } catch (cause) {
    throw createError('data-dir-unusable', `cannot write in ${dataDir}: ${toError(cause).message}`, { cause })
  }
  return secrets
}
