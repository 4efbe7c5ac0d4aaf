export { aBatch, anIncidentJudgement } from './builders/a-batch.ts'
export { aFix } from './builders/a-fix.ts'
export {
  aCondition,
  aMonitoredWearer,
  anActivation,
  anOrder,
  aPass,
  aTag,
  aWearer,
  type MonitoredWearer,
  type TagOverrides,
} from './builders/a-wearer.ts'
export { aZone, type ZoneOverrides } from './builders/a-zone.ts'
export { createFakeClock, type FakeClock } from './create-fake-clock.ts'
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './database/create-test-database.ts'
export { leakCheck } from './leak-check.ts'
export { startTestBroker, type TestAccount, type TestBroker } from './start-test-broker.ts'
