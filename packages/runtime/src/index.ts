export { ConfigError, type ConfigFault } from './config/config-error.ts'
export { type Field, optional } from './config/field.ts'
export { duration, flag, int, port } from './config/numbers.ts'
export { parseInstant } from './config/parse-instant.ts'
export { type Config, type ConfigSpec, type Environment, readConfig } from './config/read-config.ts'
export { readPem } from './config/read-pem.ts'
export { oneOf, secret, text, url } from './config/texts.ts'
export { CordonError, createError, type ErrorOptions, isCordonError, toError } from './errors/cordon-error.ts'
export { type CatalogueEntry, type ErrorCode, errorCatalogue } from './errors/error-catalogue.ts'
export { renderErrorsPage } from './errors/render-errors-page.ts'
export { createLifecycle, type Lifecycle, type LifecycleOptions, type Startable, type Stop } from './lifecycle.ts'
export { createLogger, type Logger, type LoggerOptions, type LogLevel, logLevels } from './log/create-logger.ts'
export { logCrashes } from './log/log-crashes.ts'
export { boundLabel, OTHER } from './ops/bound-label.ts'
export { createDenseHistogram, type DenseHistogram } from './ops/create-dense-histogram.ts'
export { createOpsServer, type OpsServer, type OpsServerOptions } from './ops/create-ops-server.ts'
export { Counter, createRegistry, Gauge, Histogram, Registry } from './ops/create-registry.ts'
export { listen } from './ops/listen.ts'
export { type GaugeReading, type MeteredQueue, registerGauges, registerQueues } from './ops/register-gauges.ts'
export { renderMetricsPage } from './ops/render-metrics-page.ts'
export type { CheckReport, CheckResult, ReadyCheck, ReadyReport } from './ops/run-checks.ts'
export { type ProcessOptions, type RunningProcess, startProcess } from './processes/start-process.ts'
export { deriveSecret } from './secrets/derive-secret.ts'
export { type Backoff, type BackoffOptions, backoff } from './timing/backoff.ts'
export { type Clock, systemClock } from './timing/clock.ts'
export { keepTime } from './timing/keep-time.ts'
export { createPace, type Pace, type PaceOptions } from './timing/pace.ts'
export { sleep } from './timing/sleep.ts'
export { createSteadyClock, type SteadyClock } from './timing/steady-clock.ts'
export { withTimeout } from './timing/with-timeout.ts'
export { startTraces } from './traces/start-traces.ts'
export {
  type Attributes,
  noTracer,
  type RunningTraces,
  type Span,
  type Tracer,
  type TracesOptions,
} from './traces/tracer.ts'
