import { BOOTSTRAP_TOKEN_NAME, insertToken, listTokens, revokeToken } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { notFound, Refusal } from '../http/refuse.ts'
import { hashSecret, newSecret } from '../sign-in/secrets.ts'
import { refuseReservedName } from './reserved-name.ts'

/** `onEnded` is told of a credential that is no longer good, so that what it had opened is closed. */
export const tokenHandlers = (
  onEnded: (hash: Buffer) => void,
): Pick<Handlers, 'listTokens' | 'createToken' | 'revokeToken'> => ({
  listTokens: ({ database, page }) => listTokens(database, page),
  createToken: async ({ database, viewer, body }) => {
    const { name, role, to } = body
    refuseReservedName(name)
    if (name === BOOTSTRAP_TOKEN_NAME) {
      throw new Refusal('invalid-body', 'this name is that of the token from the environment', { field: '/name' })
    }
    const token = newSecret()
    const created = await insertToken(database, { name, role, to, tokenHash: hashSecret(token) })
    await record(database, viewer, { what: 'create-token', detail: { tokenId: created.id, role } })
    return { ...created, token }
  },
  revokeToken: async ({ database, viewer, params }) => {
    const hash = await revokeToken(database, params.id)
    if (hash === undefined) throw notFound('token')
    await record(database, viewer, { what: 'revoke-token', detail: { tokenId: params.id } })
    onEnded(hash)
    return null
  },
})
