import { type Clock, type Logger, toError } from '@cordon/runtime'
import { endUnseenFaults, readFaultsSeen, recordFault, type Store } from '@cordon/store'
import type { SystemState } from '../system/system-state.ts'
import type { UnderWay } from '../under-way.ts'
import { createFaultTracker } from './track-faults.ts'

export interface FaultKeeperParts {
  /** Of this gateway: by it the record tells who sees a fault. */
  readonly name: string
  readonly store: Store
  readonly system: Pick<SystemState, 'findings' | 'expectIngest'>
  readonly underWay: UnderWay
  readonly clock: Clock
  readonly elapsed: () => number
  readonly logger: Logger
  /** Something was recorded: clients should learn it at once. */
  readonly onRecorded: () => void
  /** Milliseconds from one record to the next. */
  readonly everyMs: number
  /** A fault that lasts so long is somebody's business. */
  readonly lastingMs: number
}

export interface FaultKeeper {
  /** Takes in what is found now. */
  look(): void
  stop(): void
}

/** Parts that are no ingest of that name. */
const NO_INGEST = new Set(['broker', 'database', 'ingest'])

/**
 * Makes an incident of every fault of the system that lasts for a minute, and ends it with the fault. What the database itself was away
 * for is recorded when it is back, with its true beginning and end. Several gateways that see one fault come to one incident.
 */
export async function startFaultKeeper(parts: FaultKeeperParts): Promise<FaultKeeper> {
  const { name, store, system, underWay, logger, onRecorded, everyMs } = parts
  const faults = createFaultTracker(parts)
  for (const { part, since } of await readFaultsSeen(store, name)) {
    faults.resume(part, since)
    if (!NO_INGEST.has(part) && !part.includes(' ')) system.expectIngest(part)
  }

  const record = async (): Promise<void> => {
    const due = faults.due()
    for (const fault of due) {
      await store.transaction(inside => recordFault(inside, { ...fault, seenBy: name }))
      faults.recorded(fault)
    }
    const ended = await endUnseenFaults(store)
    if (due.length + ended > 0) onRecorded()
  }
  let isRecording = false
  const timer = setInterval(() => {
    if (isRecording) return
    isRecording = true
    void underWay
      .track(record())
      .catch((error: unknown) =>
        logger.warn({ err: toError(error) }, 'a fault of the system could not be recorded yet'),
      )
      .finally(() => {
        isRecording = false
      })
  }, everyMs)
  return { look: () => faults.note(system.findings()), stop: () => clearInterval(timer) }
}
