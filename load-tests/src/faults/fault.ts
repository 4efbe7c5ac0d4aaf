import type { FromReader, ToReader } from '../reader/messages.ts'
import type { NetworkProxy } from '../stack/create-proxy.ts'
import type { RegisteredTag } from '../stack/register.ts'
import type { Stack } from '../stack/start-stack.ts'
import type { Worker } from '../stack/start-worker.ts'
import type { Check } from '../verify/verify.ts'

/** Where a fault strikes: a whole Cordon under load, with every piece of it in reach. */
export interface Scene {
  readonly stack: Stack
  /** The way between the clients and the gateway. */
  readonly clients: NetworkProxy
  readonly reader: Worker<ToReader, FromReader>
  /** Not among those that publish: for a fault that needs a tag of its own. */
  readonly spare: RegisteredTag
  /** For files of the fault's own. */
  readonly dir: string
  readonly say: (line: string) => void
  /** What else is to be read of this fault, below the table. */
  readonly note: (line: string) => void
  /** Another title for its row: what was done, where that is not what was meant. */
  readonly retitle: (title: string) => void
}

/** One thing that goes wrong while tags publish and wearers walk into zones. */
export interface Fault {
  /** For `--only`. */
  readonly name: string
  /** Its row of the table. */
  readonly title: string
  /** Two at once: beyond what is promised, measured all the same. What it loses is shown and breaks nothing. */
  readonly isBeyond?: boolean
  /** Also in the short run of CI. */
  readonly isQuick: boolean
  /** About how long `strike` takes: entries into zones are spread over it. */
  readonly seconds: number
  /** Share of messages that are malformed. */
  readonly malformed?: number
  /** Clients beside the one that measures. */
  readonly others?: number
  /** Why it cannot be done here; absent or null: it can. */
  readonly hindrance?: () => string | null
  /** From the blow until everything is put right again, as far as people would do it. What else must hold is given back. */
  strike(scene: Scene): Promise<readonly Check[] | undefined>
}

/** What came of one fault. */
export interface FaultRow {
  readonly title: string
  readonly isBeyond: boolean
  readonly published: number
  readonly entries: number
  readonly lostFixes: number
  readonly doubledFixes: number
  readonly lostIncidents: number
  readonly doubledIncidents: number
  /** Pushes missed, doubled or wrong, of all clients. */
  readonly missedPushes: number
  readonly blindSeconds: number
  readonly slowestAlertSeconds: number
  readonly saidSeconds: number | null
  readonly said: string | null
  /** To be read below the table. */
  readonly notes: readonly string[]
  /** What the fault itself demands, and whether everything came back by itself. */
  readonly checks: readonly Check[]
}

/** A promise holds for every single fault; nothing of a double one is promised. */
export const isHeld = (row: FaultRow): boolean =>
  row.isBeyond || (isWhole(row) && row.checks.every(({ isMet }) => isMet))

const isWhole = (row: FaultRow): boolean =>
  row.lostFixes + row.doubledFixes + row.lostIncidents + row.doubledIncidents + row.missedPushes === 0 &&
  row.published > 0
