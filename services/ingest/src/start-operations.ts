import { createOpsServer, Gauge, type Lifecycle, type Registry } from '@cordon/runtime'
import type { IngestConfig } from './config.ts'
import { type CheckedParts, readyChecks } from './ready-checks.ts'
import { registerSightMetrics } from './sight/sight-metrics.ts'

interface OperationsParts {
  readonly config: IngestConfig
  readonly lifecycle: Lifecycle
}

/** The port on which ingest says how it is. */
export async function startOperations(
  { config, lifecycle }: OperationsParts,
  registry: Registry,
  parts: CheckedParts,
): Promise<void> {
  const { register, rewinder } = parts
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(read())
      },
    })
  gauge('cordon_conditions_unwatched', 'Conditions that nobody watches: not zero is a fault', register.unwatched)
  gauge('cordon_late_stretches', 'Activations with late fixes that wait to be judged', rewinder.waiting)
  gauge('cordon_late_stretches_failed', 'Of those, the ones that could not be judged', rewinder.failing)
  registerSightMetrics(gauge, parts.sight)
  const ready = readyChecks(parts)
  const { opsPort: port, opsHost: host } = config
  await lifecycle.start('operations', () => createOpsServer({ port, host, live: () => true, ready, registry }).start())
}
