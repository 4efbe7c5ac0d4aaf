import { fileURLToPath } from 'node:url'
import {
  type Config,
  duration,
  type Environment,
  flag,
  int,
  logLevels,
  oneOf,
  optional,
  port,
  readConfig,
  secret,
  text,
  url,
} from '@cordon/runtime'

/** Where the build of services/console writes, from this service's own src or dist. */
const CONSOLE_FOLDER = fileURLToPath(new URL('../../console/dist', import.meta.url))

const spec = {
  databaseUrl: url('CORDON_DATABASE_URL', { protocols: ['postgres', 'postgresql'] }),
  poolSize: int('CORDON_DATABASE_POOL', { min: 2, max: 100, fallback: 10 }),
  mqttUrl: url('CORDON_MQTT_URL', { protocols: ['mqtt', 'mqtts'] }),
  mqttUsername: optional(text('CORDON_MQTT_USERNAME', { maxLength: 200 })),
  mqttPassword: optional(secret('CORDON_MQTT_PASSWORD', { minLength: 8 })),
  mqttCaFile: optional(text('CORDON_MQTT_CA_FILE', { maxLength: 4_096 })),
  mqttCertFile: optional(text('CORDON_MQTT_CERT_FILE', { maxLength: 4_096 })),
  mqttKeyFile: optional(text('CORDON_MQTT_KEY_FILE', { maxLength: 4_096 })),
  /** Who keeps the accounts of tags: Mosquitto's dynamic security, or a broker that asks the database itself. */
  brokerAccounts: oneOf('CORDON_BROKER_ACCOUNTS', ['dynamic-security', 'nats', 'database'], 'dynamic-security'),
  instance: text('CORDON_GATEWAY_NAME', { maxLength: 20, fallback: 'gateway-1' }),
  httpHost: text('CORDON_HTTP_HOST', { maxLength: 255, fallback: '127.0.0.1' }),
  httpPort: port('CORDON_HTTP_PORT', 8080),
  /** As people reach it, such as https://cordon.example: for the origin of requests and the cookie's Secure. */
  publicUrl: optional(url('CORDON_PUBLIC_URL', { protocols: ['http', 'https'] })),
  /** PEM files: then this process speaks HTTPS itself. They may be renewed while it runs. */
  tlsCertFile: optional(text('CORDON_TLS_CERT_FILE', { maxLength: 4_096 })),
  tlsKeyFile: optional(text('CORDON_TLS_KEY_FILE', { maxLength: 4_096 })),
  /** Addresses or networks of reverse proxies, separated by commas. */
  trustProxy: text('CORDON_TRUST_PROXY', { minLength: 0, fallback: '' }),
  adminToken: optional(secret('CORDON_ADMIN_TOKEN', { minLength: 32, maxLength: 500 })),
  webhookKey: optional(secret('CORDON_WEBHOOK_KEY', { minLength: 32, maxLength: 500 })),
  signInsPerMinute: int('CORDON_SIGN_INS_PER_MINUTE', { min: 1, max: 1_000, fallback: 20 }),
  requestsPerMinute: int('CORDON_REQUESTS_PER_MINUTE', { min: 60, max: 1_000_000, fallback: 12_000 }),
  /** A session ends after 120 minutes without a request, and after so long in any case. */
  sessionLongest: duration('CORDON_SESSION_LONGEST', { minMs: 600_000, maxMs: 86_400_000, fallbackMs: 43_200_000 }),
  maxClients: int('CORDON_STREAM_CLIENTS', { min: 1, max: 50_000, fallback: 2_000 }),
  consoleFolder: text('CORDON_CONSOLE_DIR', { maxLength: 4_096, fallback: CONSOLE_FOLDER }),
  siteName: text('CORDON_SITE_NAME', { maxLength: 200, fallback: 'Cordon' }),
  basemapStyleUrl: optional(text('CORDON_BASEMAP_STYLE_URL', { maxLength: 2_048 })),
  basemapPmtiles: text('CORDON_BASEMAP_PMTILES', { maxLength: 2_048, fallback: '/schematic.pmtiles' }),
  basemapAttribution: text('CORDON_BASEMAP_ATTRIBUTION', {
    maxLength: 500,
    fallback: 'Schematic, not for evidential use. Coast: Natural Earth',
  }),
  basemapEvidential: flag('CORDON_BASEMAP_EVIDENTIAL', false),
  /** Degrees: zones must lie between these. The defaults are the British Isles. */
  serviceWest: int('CORDON_SERVICE_WEST', { min: -180, max: 180, fallback: -11 }),
  serviceSouth: int('CORDON_SERVICE_SOUTH', { min: -90, max: 90, fallback: 49 }),
  serviceEast: int('CORDON_SERVICE_EAST', { min: -180, max: 180, fallback: 3 }),
  serviceNorth: int('CORDON_SERVICE_NORTH', { min: -90, max: 90, fallback: 61 }),
  opsHost: text('CORDON_OPS_HOST', { maxLength: 255, fallback: '127.0.0.1' }),
  opsPort: port('CORDON_OPS_PORT', 9464),
  /** OTLP/HTTP; absent: no traces. */
  tracesUrl: optional(url('CORDON_TRACES_URL', { protocols: ['http', 'https'] })),
  /** Of a hundred requests and pushes, how many are traced. */
  tracesPercent: int('CORDON_TRACES_PERCENT', { min: 1, max: 100, fallback: 100 }),
  logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'info'),
}

export type GatewayConfig = Config<typeof spec>
export const readGatewayConfig = (env: Environment): GatewayConfig => readConfig(spec, env)
