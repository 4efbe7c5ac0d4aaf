import type { ActivationId, Fix, Judgement, SetAside } from '@cordon/contract'
import { defaultPolicy, judge, judgeAll, type WatchState } from '@cordon/watch'
import type { ActivationFix, Decoded } from './decode.ts'
import type { KnownActivation, Register } from './register/register.ts'
import type { WatchStates } from './watch-states.ts'

export interface Evaluated {
  /** To be stored as the wearer's track. */
  readonly fixes: readonly ActivationFix[]
  /** To be kept, but not shown: from the future, or outside the activation. */
  readonly aside: readonly {
    readonly activation: KnownActivation
    readonly fix: Fix
    readonly reason: SetAside['reason']
  }[]
  readonly judgements: readonly Judgement[]
  /** State of every activation that changed. */
  readonly states: ReadonlyMap<ActivationId, WatchState>
  /** Of those, the ones to be written now. */
  readonly statesToWrite: readonly ActivationId[]
}

/** A state is written with everything the engine says, and otherwise so often: a restart replays no more than this. */
const WRITE_EVERY_MS = 300_000

export interface Moment {
  /** Epoch ms by this service's clock. */
  readonly now: number
  /** Whether time alone is to be judged as well, for the activations with something under way. */
  readonly tick: boolean
}

/** Judges what a batch says, and the passing of time. Changes nothing: `states` is committed after the batch is stored. */
export function evaluate(decoded: Decoded, register: Register, states: WatchStates, { now, tick }: Moment): Evaluated {
  const judgements: Judgement[] = []
  const changed = new Map<ActivationId, WatchState>()
  const toWrite: ActivationId[] = []
  const asideKeys = new Map<string, SetAside['reason']>()

  const take = (
    id: ActivationId,
    before: WatchState,
    result: { state: WatchState; judgements: readonly Judgement[] },
  ) => {
    if (result.state !== before) changed.set(id, result.state)
    for (const judgement of result.judgements) {
      judgements.push(judgement)
      if (judgement.type === 'set-aside' && judgement.reason !== 'older-than-judged')
        asideKeys.set(keyOf(id, judgement), judgement.reason)
    }
    const due = Math.abs(now - states.writtenAt(id)) >= WRITE_EVERY_MS
    if (result.judgements.length > 0 || (due && result.state !== before)) toWrite.push(id)
  }

  const byActivation = groupByActivation(decoded.fixes)
  for (const [activation, fixes] of byActivation) {
    const before = states.get(activation.id)
    take(activation.id, before, judgeAll(before, fixes, contextOf(activation)))
  }
  for (const id of tick ? states.withStretches() : []) {
    const activation = register.activation(id)
    if (activation === undefined || byActivation.has(activation)) continue
    const before = states.get(id)
    take(id, before, judge(before, { type: 'tick', at: now }, contextOf(activation)))
  }

  const reasonOf = ({ activation, fix }: ActivationFix) =>
    asideKeys.size === 0 ? undefined : asideKeys.get(keyOf(activation.id, fix))
  return {
    fixes: asideKeys.size === 0 ? decoded.fixes : decoded.fixes.filter(item => reasonOf(item) === undefined),
    aside: decoded.fixes.flatMap(item => {
      const reason = reasonOf(item)
      return reason === undefined ? [] : [{ ...item, reason }]
    }),
    judgements,
    states: changed,
    statesToWrite: toWrite,
  }
}

export const contextOf = ({ id, from, to, conditions }: KnownActivation) => ({
  activation: { activationId: id, from, to },
  conditions,
  policy: defaultPolicy,
})

const keyOf = (id: ActivationId, { measuredAt, seq }: { readonly measuredAt: number; readonly seq: number }) =>
  `${id}/${measuredAt}/${seq}`

function groupByActivation(fixes: readonly ActivationFix[]): ReadonlyMap<KnownActivation, Fix[]> {
  const groups = new Map<KnownActivation, Fix[]>()
  for (const { activation, fix } of fixes) {
    const group = groups.get(activation)
    if (group === undefined) groups.set(activation, [fix])
    else group.push(fix)
  }
  return groups
}
