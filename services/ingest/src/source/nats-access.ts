import type { NatsOptions } from '@cordon/jetstream'
import { createError, readPem } from '@cordon/runtime'
import type { IngestConfig } from '../config.ts'

/** How to reach the NATS servers, with the certificates read from their files. Throws `invalid-config`. */
export function readNatsAccess(config: IngestConfig): Omit<NatsOptions, 'name' | 'logger'> {
  const servers = (config.natsUrl ?? '').split(',').map(server => server.trim())
  const odd = servers.find(server => !/^(nats|tls):\/\/[^@]+$/.test(server) || !URL.canParse(server))
  if (odd !== undefined)
    throw createError('invalid-config', 'CORDON_NATS_URL is not a list of nats:// or tls:// addresses without accounts')
  if (new Set(servers.map(server => new URL(server).protocol)).size > 1)
    throw createError(
      'invalid-config',
      'CORDON_NATS_URL mixes nats:// and tls://: all connections are encrypted or none',
    )
  const { natsUsername: username, natsPassword: password } = config
  return {
    ...{ servers, username, password },
    ca: readPem('CORDON_NATS_CA_FILE', config.natsCaFile),
    cert: readPem('CORDON_NATS_CERT_FILE', config.natsCertFile),
    key: readPem('CORDON_NATS_KEY_FILE', config.natsKeyFile),
  }
}
