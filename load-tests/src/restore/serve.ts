import { createLifecycle, type Lifecycle } from '@cordon/runtime'
import { runServices } from '../stack/run-services.ts'
import type { RunningBroker } from '../stack/start-broker.ts'
import type { RehearsalParts } from './rehearsal.ts'

/** Ingest and gateway over a database, in a lifecycle of their own: they end while everything else goes on. */
export async function serve(
  { logger, say }: RehearsalParts,
  databaseUrl: string,
  broker: RunningBroker,
): Promise<Lifecycle> {
  const lifecycle = createLifecycle(logger)
  await runServices({ databaseUrl, broker, say, lifecycle, nodeArgs: [] })
  return lifecycle
}
