import type { Live } from '@cordon/live'
import type { Clock, Lifecycle, Logger, Tracer } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { Batcher } from '../batch.ts'
import type { IngestConfig } from '../config.ts'
import type { RunningRegister } from '../register/start-register.ts'
import type { Rewinder } from '../rewind.ts'
import type { Sight } from '../sight/create-sight.ts'
import type { Subscriber } from '../subscribe/create-subscriber.ts'
import type { WatchStates } from '../watch-states.ts'

/** What every way of a fix stands on. */
export interface Ground {
  /** What is written through it is committed only while this process has its turn. */
  readonly store: Store
  /** Whether the broker session may be taken: without its turn somebody else may have it by now. */
  readonly mayConnect: () => boolean
  readonly live: Live
  readonly register: RunningRegister
  readonly tracer: Tracer
}

/** One way of a fix: of everything that arrives, or of one partition. */
export interface Flow {
  readonly batcher: Batcher
  readonly subscriber: Subscriber
  readonly states: WatchStates
  readonly rewinder: Rewinder
  readonly sight: Sight
}

export interface FlowParts {
  /** Under which gateways hear of what it cannot record: no two flows have one. */
  readonly name: string
  readonly config: IngestConfig
  readonly lifecycle: Pick<Lifecycle, 'start' | 'fail'>
  readonly clock: Clock
  readonly mayConnect: () => boolean
  readonly logger: Logger
}

/** Where a flow's messages come from. `onReceived` is told of each. */
export type Subscribe = (parts: FlowParts, batcher: Batcher, onReceived: () => void) => Subscriber

export type StartFlow = (parts: FlowParts, ground: Ground, subscribe: Subscribe) => Promise<Flow>

/** What the rest of ingest sees of all flows together. */
export interface Flows {
  readonly batcher: Pick<Batcher, 'tick' | 'failing' | 'waiting'>
  readonly subscriber: Pick<Subscriber, 'held' | 'heldBytes' | 'connected' | 'awaySince'>
  readonly rewinder: Pick<Rewinder, 'waiting' | 'failing'>
  readonly sight: Pick<Sight, 'now'>
}
