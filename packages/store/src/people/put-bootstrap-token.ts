import type { Queryable } from '../connection/store.ts'

/** The gateway gives this name to no other token. */
export const BOOTSTRAP_TOKEN_NAME = 'CORDON_ADMIN_TOKEN'

const REVOKE = {
  name: 'revoke-bootstrap-tokens',
  text: 'update api_tokens set revoked_at = now() where name = $1 and token_hash <> $2 and revoked_at is null',
}
const INSERT = {
  name: 'insert-bootstrap-token',
  text: `insert into api_tokens (name, role, token_hash) values ($1, 'administrator', $2) on conflict (token_hash) do nothing`,
}

/** The administrator's first token, from the environment. Another one there before is revoked; one revoked by hand stays so. */
export async function putBootstrapToken(inside: Queryable, tokenHash: Buffer): Promise<void> {
  await inside.query(REVOKE, [BOOTSTRAP_TOKEN_NAME, tokenHash])
  await inside.query(INSERT, [BOOTSTRAP_TOKEN_NAME, tokenHash])
}
