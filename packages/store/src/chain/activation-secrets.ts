import type { Queryable } from '../connection/store.ts'
import type { ChainTip } from './chain-tip.ts'
import { type ChainedRelation, writeAndEnter } from './chained-relations.ts'
import type { Secrets } from './create-secret-cache.ts'

/**
 * What the marks of an activation's fixes are made with, and nobody can guess (docs/decisions/0020). Its entry in the chain is the
 * hash of it: so it cannot be exchanged unseen, and nothing of it is told by what stays.
 */
export const ACTIVATION_SECRETS: ChainedRelation = {
  name: 'activation_secrets',
  key: `concat_ws('/', r.activation_id, r.id)`,
  columns: ['id', 'activation_id', 'made_at', 'secret'],
  hasSalt: false,
  activation: 'r.activation_id',
  about: 'r.made_at',
  recorded: 'r.made_at',
  find: 'r.activation_id = e.activation_id',
}

// The database makes them: what is sent to it can stand in its log. In the order of ids, as every other writer does it.
const MAKE = {
  name: 'make-activation-secrets',
  text: writeAndEnter(
    ACTIVATION_SECRETS,
    `
    insert into activation_secrets (activation_id) select id from unnest($3::bigint[]) as id order by id
    on conflict (activation_id) do nothing`,
  ),
}
const READ = {
  name: 'read-activation-secrets',
  text: `select activation_id::text as "activationId", secret from activation_secrets where activation_id = any($1::bigint[])`,
}

/**
 * The secrets of these activations; one that has none gets it here, entered at that place of the chain. They count when the
 * transaction has been committed.
 */
export async function makeSecrets(
  inside: Queryable,
  { chainId, position }: ChainTip,
  activationIds: readonly string[],
): Promise<Secrets> {
  const [, rows] = await Promise.all([
    inside.execute(MAKE, [chainId, position, activationIds]),
    inside.query<{ readonly activationId: string; readonly secret: Buffer }>(READ, [activationIds]),
  ])
  return new Map(rows.map(({ activationId, secret }) => [activationId, secret.toString('latin1')]))
}
