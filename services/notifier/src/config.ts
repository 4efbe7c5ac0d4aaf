import {
  type Config,
  duration,
  type Environment,
  logLevels,
  oneOf,
  port,
  readConfig,
  secret,
  text,
  url,
} from '@cordon/runtime'

const spec = {
  databaseUrl: url('CORDON_DATABASE_URL', { protocols: ['postgres', 'postgresql'] }),
  /** The gateway's, letter for letter: it shows the secrets that follow from it. */
  webhookKey: secret('CORDON_WEBHOOK_KEY', { minLength: 32, maxLength: 500 }),
  instance: text('CORDON_NOTIFIER_NAME', { maxLength: 20, fallback: 'notifier-1' }),
  /** For the whole answer of a system that is told. */
  answerWithin: duration('CORDON_WEBHOOK_TIMEOUT', { minMs: 100, maxMs: 60_000, fallbackMs: 10_000 }),
  opsHost: text('CORDON_OPS_HOST', { maxLength: 255, fallback: '127.0.0.1' }),
  opsPort: port('CORDON_OPS_PORT', 9464),
  logLevel: oneOf('CORDON_LOG_LEVEL', logLevels, 'info'),
}

export type NotifierConfig = Config<typeof spec>
export const readNotifierConfig = (env: Environment): NotifierConfig => readConfig(spec, env)
