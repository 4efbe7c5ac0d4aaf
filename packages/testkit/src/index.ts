export { aBatch, aNearMiss, anIncidentJudgement, aVisit } from './builders/a-batch.ts'
export { aFix } from './builders/a-fix.ts'
export {
  aCondition,
  aMonitoredWearer,
  anActivation,
  anOrder,
  aPass,
  aSuspension,
  aTag,
  aWearer,
  type MonitoredWearer,
  type TagOverrides,
} from './builders/a-wearer.ts'
export { aZone, type ZoneOverrides } from './builders/a-zone.ts'
export { fillEverything } from './builders/fill-everything.ts'
export { createFakeClock, type FakeClock } from './create-fake-clock.ts'
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './database/create-test-database.ts'
export { dumpSchema } from './database/dump-schema.ts'
export { findText } from './database/find-text.ts'
export { raiseSequences } from './database/raise-sequences.ts'
export { createTestServer, type TestServer } from './database/test-server.ts'
export { freePort } from './free-port.ts'
export { leakCheck } from './leak-check.ts'
export { realParts } from './real-parts.ts'
export { type Collector, startCollector } from './start-collector.ts'
export { type BrokerAccount, type Mosquitto, type MosquittoOptions, startMosquitto } from './start-mosquitto.ts'
export {
  type NatsAccount,
  type NatsServer,
  type NatsServerOptions,
  type NatsTag,
  startNatsServer,
} from './start-nats-server.ts'
export { type Relay, type RelayState, startRelay, through } from './start-relay.ts'
export { type ServedNats, startServedNats } from './start-served-nats.ts'
export { startTestBroker, type TestAccount, type TestBroker } from './start-test-broker.ts'
export { findSecrets, STORY_SECRETS } from './story-secrets.ts'
