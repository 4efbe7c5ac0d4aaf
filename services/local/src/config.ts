import {
  type Config,
  type Environment,
  logLevels,
  oneOf,
  optional,
  port,
  readConfig,
  secret,
  text,
  url,
} from '@cordon/runtime'

const spec = {
  databaseUrl: optional(url('CORDON_DATABASE_URL', { protocols: ['postgres', 'postgresql'] })),
  mqttUrl: optional(url('CORDON_MQTT_URL', { protocols: ['mqtt', 'mqtts'] })),
  host: text('CORDON_HOST', { maxLength: 255, fallback: '127.0.0.1' }),
  httpPort: port('CORDON_HTTP_PORT', 8080),
  mqttPort: port('CORDON_MQTT_PORT', 1883),
  opsPort: optional(port('CORDON_OPS_PORT')),
  dataDir: text('CORDON_DATA_DIR', { maxLength: 4_096, fallback: './data' }),
  adminToken: optional(secret('CORDON_ADMIN_TOKEN', { minLength: 32 })),
  logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'warn'),
}

export type LocalConfig = Config<typeof spec>
export const readLocalConfig = (env: Environment): LocalConfig => readConfig(spec, env)

export interface LocalArguments {
  readonly demo: boolean
}

const USAGE = 'npm start -- [--no-demo]'

/** @throws Error with the usage for anything that is not known. */
export function parseArguments(args: readonly string[]): LocalArguments {
  const unknown = args.find(arg => arg !== '--no-demo')
  if (unknown !== undefined) throw new Error(`${unknown} is not known. Usage: ${USAGE}`)
  return { demo: !args.includes('--no-demo') }
}
