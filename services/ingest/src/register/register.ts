import type { ActivationId, TagId, TagProtocol, WearerId, ZoneId } from '@cordon/contract'
import type { WatchContext } from '@cordon/watch'

/** What ingest knows of a tag: by which source it may speak, and to whom it was and is fitted, oldest first. */
export interface KnownTag {
  readonly protocol: TagProtocol
  /** Its credentials are: it may not speak any more, and what comes from it is not believed. */
  readonly isRevoked: boolean
  readonly activations: readonly KnownActivation[]
}

/** One activation with all that it is judged by: every condition of its wearer, each version of each zone and policy. */
export interface KnownActivation {
  readonly id: ActivationId
  readonly wearerId: WearerId
  readonly tagId: TagId
  readonly from: number
  readonly to: number | null
  readonly context: WatchContext
  /** What people call the zones of its conditions: to be told of while the database cannot be asked. */
  readonly zoneNames: readonly ZoneName[]
}

export interface ZoneName {
  readonly zoneId: ZoneId
  readonly name: string
}

/** The register as ingest has it in memory: at most a second older than the database. */
export interface Register {
  tag(id: TagId): KnownTag | undefined
  activation(id: ActivationId): KnownActivation | undefined
  activations(): Iterable<KnownActivation>
}
