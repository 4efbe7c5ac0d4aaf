import {
  type Config,
  duration,
  type Environment,
  int,
  logLevels,
  oneOf,
  optional,
  port,
  readConfig,
  readPem,
  secret,
  text,
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
  mqttCertFile: optional(text('CORDON_MQTT_CERT_FILE', { maxLength: 4_096 })),
  mqttKeyFile: optional(text('CORDON_MQTT_KEY_FILE', { maxLength: 4_096 })),
  /** Name of this ingest: its MQTT session, and so its unacknowledged messages, hang on it. */
  instance: text('CORDON_INGEST_NAME', { maxLength: 20, fallback: 'ingest-1' }),
  /** Messages received and not yet committed. 10,000 single fixes are about 6 MB here. */
  receiveMaximum: int('CORDON_RECEIVE_MAXIMUM', { min: 10, max: 65_535, fallback: 10_000 }),
  /** Messages of one transaction. */
  batchMessages: int('CORDON_BATCH_MESSAGES', { min: 1, max: 20_000, fallback: 5_000 }),
  /** Of one tag; what it sends beyond that, and beyond 400 times that in reserve, is counted and not kept. */
  tagFixesPerSecond: int('CORDON_TAG_FIXES_PER_SECOND', { min: 1, max: 100_000, fallback: 50 }),
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
  /** Bytes that the database may take: the disk, less what must stay free. It cannot say so itself. */
  databaseCapacity: optional(int('CORDON_DATABASE_CAPACITY', { min: 1_000_000, max: 999_999_999_999_999 })),
  /** Where the ends of the hash chains are written to as well, out of the database's reach; the log has them anyway. */
  chainAnchorFile: optional(text('CORDON_CHAIN_ANCHOR_FILE', { maxLength: 4_096 })),
  chainAnchorEvery: duration('CORDON_CHAIN_ANCHOR_EVERY', { minMs: 1_000, maxMs: 86_400_000, fallbackMs: 600_000 }),
  /** Where set, the tags' messages are read from a NATS cluster by partition; `mqttUrl` is then for the live topics only. */
  natsUrl: optional(text('CORDON_NATS_URL', { maxLength: 2_048 })),
  natsUsername: optional(text('CORDON_NATS_USERNAME', { maxLength: 200 })),
  natsPassword: optional(secret('CORDON_NATS_PASSWORD', { minLength: 8 })),
  natsCaFile: optional(text('CORDON_NATS_CA_FILE', { maxLength: 4_096 })),
  natsCertFile: optional(text('CORDON_NATS_CERT_FILE', { maxLength: 4_096 })),
  natsKeyFile: optional(text('CORDON_NATS_KEY_FILE', { maxLength: 4_096 })),
  /** As in the servers' subject mapping; the same for every ingest. More than there will ever be ingests: it is hard to change. */
  natsPartitions: int('CORDON_NATS_PARTITIONS', { min: 1, max: 64, fallback: 8 }),
  natsReplicas: oneOf('CORDON_NATS_REPLICAS', ['1', '3'], '3'),
  /** Messages that the cluster keeps for us; beyond it tags get no acknowledgement. 20 million are 27 hours of England. */
  natsMaxMessages: int('CORDON_NATS_MAX_MESSAGES', { min: 1_000, max: 1_000_000_000, fallback: 20_000_000 }),
  /** Without a sign of life for so long, an ingest's partitions go to the others. */
  lease: duration('CORDON_LEASE', { minMs: 2_000, maxMs: 300_000, fallbackMs: 10_000 }),
  opsHost: text('CORDON_OPS_HOST', { maxLength: 255, fallback: '127.0.0.1' }),
  opsPort: port('CORDON_OPS_PORT', 9464),
  /** OTLP/HTTP; absent: no traces. */
  tracesUrl: optional(url('CORDON_TRACES_URL', { protocols: ['http', 'https'] })),
  /** Of a hundred batches, how many are traced. */
  tracesPercent: int('CORDON_TRACES_PERCENT', { min: 1, max: 100, fallback: 100 }),
  logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'info'),
}

/** Of the program that keeps the accounts of one NATS server. */
const natsAccountsSpec = {
  ...{ databaseUrl: spec.databaseUrl, natsPartitions: spec.natsPartitions, logLevel: spec.logLevel },
  natsPassword: secret('CORDON_NATS_PASSWORD', { minLength: 8 }),
  livePassword: secret('CORDON_NATS_LIVE_PASSWORD', { minLength: 8 }),
  systemPassword: secret('CORDON_NATS_SYSTEM_PASSWORD', { minLength: 8 }),
  accountsFile: text('CORDON_NATS_ACCOUNTS_FILE', { maxLength: 4_096, fallback: '/etc/nats/accounts.conf' }),
  /** `none`: the server looks at the file itself. */
  pidFile: text('CORDON_NATS_PID_FILE', { maxLength: 4_096, fallback: '/run/nats/nats-server.pid' }),
}

export const readNatsAccountsConfig = (env: Environment): Config<typeof natsAccountsSpec> =>
  readConfig(natsAccountsSpec, env)

export type IngestConfig = Config<typeof spec>
export const readIngestConfig = (env: Environment): IngestConfig => readConfig(spec, env)

/** How to reach the broker, with the certificates read from their files. Throws `invalid-config`, naming the variable. */
export function readBrokerAccess(config: IngestConfig) {
  return {
    url: config.mqttUrl,
    username: config.mqttUsername,
    password: config.mqttPassword,
    ca: readPem('CORDON_MQTT_CA_FILE', config.mqttCaFile),
    cert: readPem('CORDON_MQTT_CERT_FILE', config.mqttCertFile),
    key: readPem('CORDON_MQTT_KEY_FILE', config.mqttKeyFile),
  }
}
