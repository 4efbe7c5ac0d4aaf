import { setImmediate } from 'node:timers/promises'
import type { Risk } from '@cordon/contract'
import { type Clock, type Logger, toError } from '@cordon/runtime'
import {
  type RollCallEntry,
  readRollCallFacts,
  replaceRollCall,
  type Store,
  type RollCallFacts as StoredFacts,
} from '@cordon/store'
import {
  type ActivationFact,
  DEFAULT_RISKS,
  DEFAULT_SETTINGS,
  emptyState,
  type RollCallFacts,
  rollCall,
  supervisionOf,
} from '@cordon/watch'
import type { Register } from './register/register.ts'
import type { WatchStates } from './watch-states.ts'

export interface RollCallParts {
  readonly store: Store
  readonly register: Register
  readonly states: Pick<WatchStates, 'get'>
  readonly clock: Clock
  readonly logger: Logger
}

const EVERY_MS = 60_000
/** The first one waits until what tags sent while nobody listened has been read. */
const FIRST_MS = 10_000

/** Gives the states to hold it by; null when it is another ingest's to hold. */
export type RollCallDuty = () => Promise<RollCallParts['states'] | null>

/** Every minute: people believed to be monitored who are not. */
export function startRollCall(parts: Omit<RollCallParts, 'states'>, duty: RollCallDuty): () => Promise<void> {
  let held: Promise<void> = Promise.resolve()
  const hold = () => {
    held = onDuty(parts, duty).catch((error: unknown) =>
      parts.logger.error({ err: toError(error) }, 'the roll-call could not be held: the last one stands'),
    )
  }
  const first = setTimeout(hold, FIRST_MS)
  const timer = setInterval(hold, EVERY_MS)
  return async () => {
    clearTimeout(first)
    clearInterval(timer)
    await held
  }
}

async function onDuty(parts: Omit<RollCallParts, 'states'>, duty: RollCallDuty): Promise<void> {
  const states = await duty()
  if (states !== null) await holdRollCall({ ...parts, states })
}

export async function holdRollCall({ store, register, states, clock }: RollCallParts): Promise<void> {
  const now = clock.now()
  const facts = await withStates(await readRollCallFacts(store, now), { register, states, now })
  const rows = rollCall(facts, now).map(
    ({ problem, wearerId, orderId, activationId, tagId, since, reason }): RollCallEntry => ({
      problem,
      wearerId: wearerId as RollCallEntry['wearerId'],
      orderId: (orderId ?? null) as RollCallEntry['orderId'],
      activationId: (activationId ?? null) as RollCallEntry['activationId'],
      tagId: (tagId ?? null) as RollCallEntry['tagId'],
      since: since === undefined ? null : Date.parse(since),
      reason: reason ?? null,
    }),
  )
  await replaceRollCall(store, rows, now)
}

interface Known {
  readonly register: Register
  readonly states: RollCallParts['states']
  readonly now: number
}

/** Whose states are looked at in one go: while it is done no fix is judged, and of 25,000 most have to be fetched from far in memory. */
const AT_ONCE = 500

/** An activation that the register does not have yet is a minute old at most: it comes at the next roll-call. */
async function withStates({ orders, activations }: StoredFacts, known: Known): Promise<RollCallFacts> {
  const heard: ActivationFact[] = []
  for (let from = 0; from < activations.length; from += AT_ONCE) {
    for (const activation of activations.slice(from, from + AT_ONCE)) {
      const fact = withState(activation, known)
      if (fact !== null) heard.push(fact)
    }
    await setImmediate()
  }
  return { orders: orders.map(order => ({ ...order, graceMs: graceOf(order.risk) })), activations: heard }
}

function withState(
  activation: StoredFacts['activations'][number],
  { register, states, now }: Known,
): ActivationFact | null {
  const known = register.activation(activation.activationId)
  if (known === undefined) return null
  const { activationId, wearerId, tagId, from, unorderedSince } = activation
  const {
    allowedMs,
    graceMs,
    heardAt,
    isQuiet,
    known: silence,
  } = supervisionOf(states.get(activationId) ?? emptyState(), known.context, now)
  // Written out: a spread costs several times as much, and this is done for everybody.
  return { activationId, wearerId, tagId, from, unorderedSince, allowedMs, graceMs, heardAt, isQuiet, known: silence }
}

const graceOf = (risk: Risk): number => ({ ...DEFAULT_SETTINGS, ...DEFAULT_RISKS[risk] }).graceMs
