import { certifyErasure, type ErasureParts, type ErasureStop, eraseWearer } from './erase-wearer.ts'
import { type OpenErasure, readOpenErasures } from './read-open-erasures.ts'

export interface ErasureRun extends ErasureParts {
  /** Epoch milliseconds, by the clock of the database's machine. */
  readonly now: number
  /** Milliseconds after a removal in which a batch that was under way may still bring something. */
  readonly settleMs: number
  /** Told of one that does not go on now. */
  readonly onStopped: (erasureId: string, reason: string) => void
}

/** Every erasure that was asked for, as far as it can go now. Gives how many were removed and how many certified. */
export async function runErasures(run: ErasureRun): Promise<{ readonly removed: number; readonly certified: number }> {
  const count = { removed: 0, certified: 0 }
  for (const erasure of await readOpenErasures(run.store)) {
    const { removedAt } = erasure
    if (removedAt === null) count.removed += await take(run, erasure, eraseWearer)
    else if (run.now - removedAt >= run.settleMs) count.certified += await take(run, erasure, certifyErasure)
  }
  return count
}

async function take(
  run: ErasureRun,
  erasure: OpenErasure,
  step: (parts: ErasureParts, erasure: OpenErasure) => Promise<ErasureStop>,
): Promise<number> {
  const stop = await step(run, erasure)
  if (stop === undefined) return 1
  run.onStopped(erasure.id, stop.stopped)
  return 0
}
