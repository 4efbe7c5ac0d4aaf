import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContextOptions, type Server } from 'node:tls'
import { createError, type Logger, toError } from '@cordon/runtime'

/** PEM: the certificate with those that lead to its authority, and its key. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

export type TlsSettings = Pick<SecureContextOptions, 'cert' | 'key' | 'minVersion'>

/** How often the files are looked at, and from how long before its end on a certificate is complained about, in milliseconds. */
const LOOK_MS = 10_000
const ENDS_SOON_MS = 14 * 86_400_000
const COMPLAIN_MS = 86_400_000

/** Reads both. Throws `invalid-config` when they cannot be read or do not belong together. */
export function readTlsFiles({ certFile, keyFile }: TlsFiles): TlsSettings {
  try {
    const settings = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
    createSecureContext(settings)
    return { ...settings, minVersion: 'TLSv1.2' }
  } catch (cause) {
    const detail = `CORDON_TLS_CERT_FILE and CORDON_TLS_KEY_FILE cannot be used: ${toError(cause).message}`
    throw createError('invalid-config', detail, { cause })
  }
}

export interface FollowOptions {
  readonly files: TlsFiles
  readonly logger: Logger
  readonly lookMs?: number
}

/**
 * Takes a renewed certificate into use for connections from then on; those that are open go on with the old one. A pair that
 * cannot be used, such as a certificate whose key is yet to come, leaves the old one in force. Gives how to stop.
 */
export function followTlsFiles(server: Pick<Server, 'setSecureContext'>, options: FollowOptions): () => void {
  const { files, logger, lookMs = LOOK_MS } = options
  let inForce = readTlsFiles(files)
  let told = ''
  let complainedAt = 0
  const look = (): void => {
    try {
      const found = readTlsFiles(files)
      if (found.cert !== inForce.cert || found.key !== inForce.key) {
        server.setSecureContext(found)
        inForce = found
        logger.info({ endsAt: endOf(found) }, 'a renewed certificate is in use')
      }
      told = ''
    } catch (error) {
      const { message } = toError(error)
      if (message !== told) logger.error({ err: toError(error) }, 'the certificate stays the old one')
      told = message
    }
    const endsAt = endOf(inForce)
    if (Date.parse(endsAt) - Date.now() > ENDS_SOON_MS || Date.now() - complainedAt < COMPLAIN_MS) return
    complainedAt = Date.now()
    logger.warn({ endsAt }, 'the certificate of HTTPS ends soon: browsers will refuse it then')
  }
  look()
  const timer = setInterval(look, lookMs)
  timer.unref()
  return () => clearInterval(timer)
}

const endOf = ({ cert }: TlsSettings): string => new Date(new X509Certificate(String(cert)).validTo).toISOString()
