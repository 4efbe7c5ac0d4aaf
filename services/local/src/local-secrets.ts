import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createError, deriveSecret, toError } from '@cordon/runtime'

/** Made at the first start and kept, so that a second start knows the same people. */
export interface LocalSecrets {
  readonly adminToken: string
  readonly operatorPassword: string
  /** Follows from the token that was made. */
  readonly webhookKey: string
}

type Kept = Omit<LocalSecrets, 'webhookKey'>

const make = (bytes: number) => randomBytes(bytes).toString('base64url')

/** Reads `secrets.json` of the data folder, or makes it, readable by its owner only. Throws `data-dir-unusable`. */
export function readLocalSecrets(dataDir: string): LocalSecrets {
  const file = join(dataDir, 'secrets.json')
  const kept = readSecrets(file) ?? makeSecrets(dataDir, file)
  const webhookKey = deriveSecret(kept.adminToken, Buffer.from('webhooks')).toString('base64url')
  return { ...kept, webhookKey }
}

function readSecrets(file: string): Kept | undefined {
  try {
    const { adminToken, operatorPassword } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    if (typeof adminToken === 'string' && typeof operatorPassword === 'string') return { adminToken, operatorPassword }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw createError('data-dir-unusable', `${file} cannot be read: ${toError(error).message}`, { cause: error })
  }
  throw createError('data-dir-unusable', `${file} is not what an earlier start wrote: remove it, and a new one is made`)
}

/** Written whole or not at all, so that a stop in between leaves nothing that cannot be read. */
function makeSecrets(dataDir: string, file: string): Kept {
  const secrets = { adminToken: make(32), operatorPassword: make(12) }
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.part`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${file}.part`, file)
  } catch (cause) {
    throw createError('data-dir-unusable', `cannot write in ${dataDir}: ${toError(cause).message}`, { cause })
  }
  return secrets
}
