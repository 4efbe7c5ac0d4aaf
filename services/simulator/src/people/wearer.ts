import type { WearerFlag } from '@cordon/contract'
import type { NamedPlace } from '../ground/avoid-places.ts'

/** A simulated person, as the population file has them. */
export interface Wearer {
  readonly name: string
  readonly reference: string
  readonly tagId: string
  readonly flags: readonly WearerFlag[]
  /** 1 to 3. */
  readonly mappaLevel: number
  readonly home: NamedPlace
  readonly work: NamedPlace | null
  /** Where they must not be. What is drawn round it is not known here. */
  readonly avoid: NamedPlace
}

export interface Population {
  readonly wearers: readonly Wearer[]
}

/** Metres that a wearer's everyday ways stay away from the place they must avoid. */
export const CLEARANCE_M = 1_500
