import type { Role, Token } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { TOKEN } from './token-columns.ts'

const INSERT = {
  name: 'insert-token',
  text: `insert into api_tokens as t (name, role, token_hash, valid_to) values ($1, $2, $3, $4) returning ${TOKEN}`,
}

export interface NewToken {
  readonly name: string
  readonly role: Role
  /** SHA-256. */
  readonly tokenHash: Buffer
  readonly to?: string | undefined
}

export async function insertToken(database: Queryable, token: NewToken): Promise<Token> {
  return onlyItem(await database.query(INSERT, [token.name, token.role, token.tokenHash, token.to ?? null]))
}
