import { readFileSync } from 'node:fs'
import {
  type Config,
  createError,
  duration,
  type Environment,
  int,
  logLevels,
  oneOf,
  optional,
  port,
  readConfig,
  secret,
  text,
  toError,
  url,
} from '@cordon/runtime'

const spec = {
  databaseUrl: url('CORDON_DATABASE_URL', { protocols: ['postgres', 'postgresql'] }),
  mqttUrl: url('CORDON_MQTT_URL', { protocols: ['mqtt', 'mqtts'] }),
  mqttUsername: optional(text('CORDON_MQTT_USERNAME', { maxLength: 200 })),
  mqttPassword: optional(secret('CORDON_MQTT_PASSWORD', { minLength: 8 })),
  /** 5 for Mosquitto; the embedded broker speaks 3.1.1 = 4 only. */
  mqttProtocol: oneOf('CORDON_MQTT_PROTOCOL', ['4', '5'], '5'),
  mqttCaFile: optional(text('CORDON_MQTT_CA_FILE', { maxLength: 4_096 })),
  /** Name of this ingest: its MQTT session, and so its unacknowledged messages, hang on it. */
  instance: text('CORDON_INGEST_NAME', { maxLength: 20, fallback: 'ingest-1' }),
  /** Messages received and not yet committed. 10,000 single fixes are about 6 MB here. */
  receiveMaximum: int('CORDON_RECEIVE_MAXIMUM', { min: 10, max: 65_535, fallback: 10_000 }),
  /** Messages of one transaction. */
  batchMessages: int('CORDON_BATCH_MESSAGES', { min: 1, max: 20_000, fallback: 5_000 }),
  /** How long the broker keeps messages while this ingest is away. */
  sessionExpiry: duration('CORDON_SESSION_EXPIRY', {
    minMs: 60_000,
    maxMs: 30 * 86_400_000,
    fallbackMs: 7 * 86_400_000,
  }),
  /** How long near misses are kept: why something was no incident is asked for weeks later. */
  nearMissesKept: duration('CORDON_NEAR_MISSES_KEPT', {
    minMs: 86_400_000,
    maxMs: 3_650 * 86_400_000,
    fallbackMs: 90 * 86_400_000,
  }),
  /** Where set, the tags' messages are read from a NATS cluster by partition; `mqttUrl` is then for the live topics only. */
  natsUrl: optional(text('CORDON_NATS_URL', { maxLength: 2_048 })),
  natsUsername: optional(text('CORDON_NATS_USERNAME', { maxLength: 200 })),
  natsPassword: optional(secret('CORDON_NATS_PASSWORD', { minLength: 8 })),
  natsCaFile: optional(text('CORDON_NATS_CA_FILE', { maxLength: 4_096 })),
  /** As in the servers' subject mapping; the same for every ingest. More than there will ever be ingests: it is hard to change. */
  natsPartitions: int('CORDON_NATS_PARTITIONS', { min: 1, max: 64, fallback: 8 }),
  natsReplicas: oneOf('CORDON_NATS_REPLICAS', ['1', '3'], '3'),
  /** Messages that the cluster keeps for us; beyond it tags get no acknowledgement. 20 million are 27 hours of England. */
  natsMaxMessages: int('CORDON_NATS_MAX_MESSAGES', { min: 1_000, max: 1_000_000_000, fallback: 20_000_000 }),
  /** Without a sign of life for so long, an ingest's partitions go to the others. */
  lease: duration('CORDON_LEASE', { minMs: 2_000, maxMs: 300_000, fallbackMs: 10_000 }),
  opsHost: text('CORDON_OPS_HOST', { maxLength: 255, fallback: '127.0.0.1' }),
  opsPort: port('CORDON_OPS_PORT', 9464),
  logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'info'),
}

/** Of the program that keeps the accounts of one NATS server. */
const natsAccountsSpec = {
  ...{ databaseUrl: spec.databaseUrl, natsPartitions: spec.natsPartitions, logLevel: spec.logLevel },
  natsPassword: secret('CORDON_NATS_PASSWORD', { minLength: 8 }),
  livePassword: secret('CORDON_NATS_LIVE_PASSWORD', { minLength: 8 }),
  systemPassword: secret('CORDON_NATS_SYSTEM_PASSWORD', { minLength: 8 }),
  accountsFile: text('CORDON_NATS_ACCOUNTS_FILE', { maxLength: 4_096, fallback: '/etc/nats/accounts.conf' }),
  pidFile: text('CORDON_NATS_PID_FILE', { maxLength: 4_096, fallback: '/run/nats/nats-server.pid' }),
}

export const readNatsAccountsConfig = (env: Environment): Config<typeof natsAccountsSpec> =>
  readConfig(natsAccountsSpec, env)

export type IngestConfig = Config<typeof spec>
export const readIngestConfig = (env: Environment): IngestConfig => readConfig(spec, env)

/** How to reach the broker, with the authority's certificate read from its file. Throws `invalid-config`, naming the variable. */
export function readBrokerAccess({ mqttUrl, mqttUsername, mqttPassword, mqttCaFile }: IngestConfig) {
  return { url: mqttUrl, username: mqttUsername, password: mqttPassword, ca: readCa('CORDON_MQTT_CA_FILE', mqttCaFile) }
}

export function readCa(variable: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw createError('invalid-config', `${variable} cannot be read: ${toError(cause).message}`, { cause })
  }
}
