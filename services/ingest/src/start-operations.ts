import { type Clock, createOpsServer, type Lifecycle, type Registry } from '@cordon/runtime'
import type { IngestConfig } from './config.ts'
import { type MeteredLine, registerLineMetrics } from './line-metrics.ts'
import { type CheckedParts, readyChecks } from './ready-checks.ts'

interface OperationsParts {
  readonly config: IngestConfig
  readonly lifecycle: Lifecycle
  readonly clock: Clock
}

/** The port on which ingest says how it is. */
export async function startOperations(
  { config, lifecycle, clock }: OperationsParts,
  registry: Registry,
  parts: CheckedParts & Omit<MeteredLine, 'receiveMaximum' | 'clock'>,
): Promise<void> {
  registerLineMetrics(registry, { ...parts, receiveMaximum: config.receiveMaximum, clock })
  const ready = readyChecks(parts)
  const { opsPort: port, opsHost: host } = config
  await lifecycle.start('operations', () => createOpsServer({ port, host, live: () => true, ready, registry }).start())
}
