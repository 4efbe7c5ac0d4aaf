export type { BrokerRules } from './broker/broker-hooks.ts'
export { type BrokerLimits, defaultLimits } from './broker/limits.ts'
export {
  type BrokerStats,
  type EmbeddedBroker,
  type EmbeddedBrokerOptions,
  startEmbeddedBroker,
} from './broker/start-embedded-broker.ts'
export type { PostgresSettings } from './postgres/settings.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './postgres/start-embedded-postgres.ts'
