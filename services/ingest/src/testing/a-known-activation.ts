import { type ActivationId, asId, type TagId, type WearerId } from '@cordon/contract'
import { createWatchContext, type WatchedCondition } from '@cordon/watch'
import type { KnownActivation } from '../register/register.ts'

interface Overrides {
  readonly id?: string
  readonly from?: number
  readonly to?: number | null
  readonly wearerId?: string
  readonly conditions?: readonly WatchedCondition[]
}

/** As the register has it: of a wearer of standard risk, without conditions unless given some. */
export function aKnownActivation(overrides: Overrides = {}): KnownActivation {
  const { id = '1', from = 0, to = null, wearerId = '7', conditions = [] } = overrides
  const activation = { activationId: asId<ActivationId>(id), from, to }
  return {
    ...{ id: activation.activationId, wearerId: asId<WearerId>(wearerId), tagId: asId<TagId>('tag-1'), from, to },
    context: createWatchContext({ activation, conditions, policies: [], risk: 'standard', suspensions: [] }),
    zoneNames: [],
  }
}
