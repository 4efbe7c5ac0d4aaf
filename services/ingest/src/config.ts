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
  opsHost: text('CORDON_OPS_HOST', { maxLength: 255, fallback: '127.0.0.1' }),
  opsPort: port('CORDON_OPS_PORT', 9464),
  logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'info'),
}

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
