import { POLICY_DESCRIPTIONS, type PolicyCreate } from '@cordon/contract'
import { insertPolicy, listPolicies, listZones, lockConfiguration, type Queryable } from '@cordon/store'
import { DEFAULT_RISKS, DEFAULT_SETTINGS } from '@cordon/watch'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { contradictions } from './policy-contradictions.ts'

type PolicyHandlers = Pick<Handlers, 'listPolicies' | 'createPolicy' | 'readPolicyDefaults'>

export const policyHandlers: PolicyHandlers = {
  listPolicies: ({ database, page }) => listPolicies(database, page),
  createPolicy: async ({ database, viewer, body }) => {
    checkPolicy(body)
    // Versions are numbered one after the other, and no condition is made meanwhile.
    await lockConfiguration(database)
    await checkZones(database, body)
    const policy = await insertPolicy(database, body, viewer.name)
    const { version, note } = policy
    await record(database, viewer, { what: 'create-policy', detail: { version, note } })
    return policy
  },
  readPolicyDefaults: () =>
    Promise.resolve({
      version: 1,
      settings: DEFAULT_SETTINGS,
      risks: DEFAULT_RISKS,
      descriptions: { ...POLICY_DESCRIPTIONS },
    }),
}

function checkPolicy(body: PolicyCreate): void {
  const problems = contradictions(body)
  const [first] = problems
  if (first === undefined) return
  throw new Refusal('invalid-body', first.detail, { field: first.field, problems })
}

async function checkZones(database: Queryable, { zones = {} }: PolicyCreate): Promise<void> {
  const named = await Promise.all(
    Object.keys(zones).map(async id => ({ id, found: await listZones(database, { id, caseload: undefined }, ONE) })),
  )
  const problems = named.flatMap(({ id, found }) =>
    found.items.length > 0 ? [] : [{ field: `/zones/${id}`, detail: 'there is no such zone' }],
  )
  const [first] = problems
  if (first !== undefined) throw new Refusal('unknown-reference', first.detail, { field: first.field, problems })
}
