import { createOpsServer, createRegistry, type Lifecycle, sleep } from '@cordon/runtime'
import type { Line } from '@cordon/store'
import type { IngestConfig } from './config.ts'

export interface TurnParts {
  readonly config: Pick<IngestConfig, 'opsPort' | 'opsHost'>
  readonly lifecycle: Pick<Lifecycle, 'stopped'>
}

/** A lock that is free is had in milliseconds; after this somebody may want to know what is waited for. */
const AT_ONCE_MS = 1_000

/**
 * Waits until the line is this ingest's: one judges and writes, whoever was started beside it by mistake or as a spare stands by.
 * Meanwhile it is alive and not ready, and says why. False when it was stopped first.
 */
export async function takeTurn({ config, lifecycle }: TurnParts, line: Line): Promise<boolean> {
  const over = Promise.race([line.turn, lifecycle.stopped.then(() => false)])
  const isSoon = await Promise.race([over, sleep(AT_ONCE_MS).then(() => null)])
  if (isSoon !== null) return isSoon
  const standby = createOpsServer({
    port: config.opsPort,
    host: config.opsHost,
    live: () => true,
    ready: {
      line: () => ({ ok: false, detail: 'standing by: another ingest holds the line, or the database is away' }),
    },
    registry: createRegistry('ingest'),
  })
  const { stop } = await standby.start()
  try {
    return await over
  } finally {
    await stop()
  }
}
