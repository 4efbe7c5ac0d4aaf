import type { Queryable } from '../../connection/store.ts'
import { ACTIVATION_SECRETS } from '../activation-secrets.ts'
import type { Finding } from './finding.ts'
import { type Changed, countEntries, readChanged, readInserted } from './read-entries.ts'
import type { Period } from './read-stored-fixes.ts'
import { createCoverage, type Removal } from './removals.ts'
import type { VerifyParts } from './verify-parts.ts'
import { isLawful, type RecordsChecked, toFinding, toInserted } from './verify-records.ts'

/** A fix whose mark does not fit. */
export type Need = Pick<Finding, 'batch' | 'between'> & { readonly row: string }

export interface KnownSecrets {
  /** As it stands in the database, latin1. */
  of(activationId: string): string | undefined
  /** Whether that is the fault of its activation's secret, which is told the first time. */
  isAtFault(activationId: string, need: Need): boolean
}

/** A secret is older than the fixes that need it: all of them are looked at, and told of where they are of the period or needed in it. */
const EVER: Period = { from: 0, to: Date.UTC(9999, 0) }

export async function verifySecrets(
  parts: VerifyParts,
  period: Period,
  removals: readonly Removal[],
): Promise<{ readonly secrets: KnownSecrets; readonly checked: RecordsChecked }> {
  const { snapshot } = parts
  const faults = createFaults(parts, period)
  const destroyed = new Set<string>()
  const lawful = createLawful(parts, period, removals)
  for (const changed of await readChanged(snapshot, ACTIVATION_SECRETS, EVER)) {
    const activationId = changed.activationId ?? ''
    if (lawful(changed)) destroyed.add(activationId)
    else faults.add(activationId, changed.at, toFinding(parts, ACTIVATION_SECRETS, changed))
  }
  for (const row of await readInserted(snapshot, ACTIVATION_SECRETS, EVER))
    faults.add(row.key.split('/')[0] ?? '', row.at, toInserted(ACTIVATION_SECRETS, row))
  const known = await readSecrets(snapshot)
  const isAtFault: KnownSecrets['isAtFault'] = (activationId, need) => {
    if (!known.has(activationId) && !faults.has(activationId))
      faults.add(activationId, null, toNeeded(activationId, need, destroyed.has(activationId)))
    return faults.tell(activationId)
  }
  const entries = await countEntries(snapshot, ACTIVATION_SECRETS, period)
  return {
    secrets: { of: activationId => known.get(activationId), isAtFault },
    checked: { relation: ACTIVATION_SECRETS.name, entries },
  }
}

/** What the report relies on is what was removed of the period; of the rest it is only asked whether it was. */
function createLawful(parts: VerifyParts, period: Period, removals: readonly Removal[]) {
  const elsewhere = {
    coverage: createCoverage(removals.filter(({ relation }) => relation === ACTIVATION_SECRETS.name)),
  }
  return (changed: Changed) => isLawful(isOf(period, changed.at) ? parts : elsewhere, ACTIVATION_SECRETS, changed)
}

const isOf = ({ from, to }: Period, at: number) => at >= from && at < to

/** What is wrong with the secrets, by activation. What is of the period is told at once, everything else when it is needed. */
function createFaults({ found }: VerifyParts, period: Period) {
  const waiting = new Map<string, Finding[]>()
  return {
    has: (activationId: string) => waiting.has(activationId),
    add: (activationId: string, at: number | null, finding: Finding): void => {
      const others = waiting.get(activationId) ?? []
      waiting.set(activationId, others)
      if (at !== null && isOf(period, at)) found(finding)
      else others.push(finding)
    },
    /** False: there is nothing wrong with it. */
    tell: (activationId: string): boolean => {
      for (const finding of waiting.get(activationId)?.splice(0) ?? []) found(finding)
      return waiting.has(activationId)
    },
  }
}

async function readSecrets(snapshot: Queryable): Promise<ReadonlyMap<string, string>> {
  const rows = await snapshot.query<{ readonly activationId: string; readonly secret: Buffer }>(
    'select activation_id::text as "activationId", secret from activation_secrets',
  )
  return new Map(rows.map(({ activationId, secret }) => [activationId, secret.toString('latin1')]))
}

const toNeeded = (activationId: string, { row, batch, between }: Need, isDestroyed: boolean): Finding => ({
  ...{ kind: 'missing', table: ACTIVATION_SECRETS.name, row: `of activation ${activationId}`, batch, between },
  detail: isDestroyed
    ? `was destroyed, as a removal says, and a fix that it was to make is there: ${row}`
    : `is not there, nor is its entry, and a fix was sealed with it: ${row}`,
})
