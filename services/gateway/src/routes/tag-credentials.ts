import { LIMITS } from '@cordon/contract'
import { reinstateTag, revokeTag, rotateTag } from '@cordon/store'
import { type AccountParts, cutOff, letIn, lockAccount } from '../accounts/change-account.ts'
import { record } from '../audit/record.ts'
import type { Call, Handlers } from '../http/handler.ts'
import { notFound, Refusal } from '../http/refuse.ts'
import { newPassword } from './credentials.ts'

export const tagCredentialHandlers = (
  parts: AccountParts,
): Pick<Handlers, 'rotateTag' | 'revokeTag' | 'reinstateTag'> => ({
  rotateTag: call => rotate(call, parts),
  revokeTag: call => revoke(call, parts),
  reinstateTag: call => reinstate(call, parts),
})

/**
 * The broker has the new ones before the register: if it does not answer, nothing has changed. A tag that is revoked stays so.
 */
async function rotate({ database, viewer, params, body }: Call<'rotateTag'>, { accounts }: AccountParts) {
  const { id } = params
  const { protocol, version, isRevoked, ...now } = await lockAccount(database, id, 'tag')
  const { credentials = now.credentials } = body
  const isPassword = credentials === 'password'
  checkCertificateName(id, credentials)
  const { password, passwordHash } = newPassword()
  await accounts.putTag(id, protocol, isPassword ? password : null, version + 1)
  if (isRevoked) await accounts.revoke(id)
  const tag = await rotateTag(database, id, isPassword ? passwordHash : null)
  if (tag === undefined) throw notFound('tag')
  await record(database, viewer, { what: 'change-tag-credentials', detail: { tagId: id, credentials } })
  return { ...tag, username: id, ...(isPassword && { password }) }
}

async function revoke({ database, viewer, params, body, undo }: Call<'revokeTag'>, parts: AccountParts) {
  const { id } = params
  const { isRevoked } = await lockAccount(database, id, 'tag')
  if (isRevoked) throw new Refusal('conflict', 'this tag is revoked already')
  const isCutOff = await cutOff(parts, id, undo)
  const tag = await revokeTag(database, { id, by: viewer.name, reason: body.reason })
  if (tag === undefined) throw notFound('tag')
  await record(database, viewer, { what: 'revoke-tag', detail: { tagId: id, reason: body.reason, cutOff: isCutOff } })
  return { ...tag, cutOff: isCutOff }
}

async function reinstate({ database, viewer, params, body, undo }: Call<'reinstateTag'>, parts: AccountParts) {
  const { id } = params
  const registered = await lockAccount(database, id, 'tag')
  if (!registered.isRevoked) throw new Refusal('conflict', 'this tag is not revoked')
  await letIn(parts, registered, undo)
  const tag = await reinstateTag(database, id)
  if (tag === undefined) throw notFound('tag')
  await record(database, viewer, { what: 'reinstate-tag', detail: { tagId: id, reason: body.reason } })
  return tag
}

/** An OwnTracks id can be longer than the common name of a certificate. */
export function checkCertificateName(id: string, credentials: string): void {
  if (credentials !== 'certificate' || id.length <= LIMITS.commonName) return
  const detail = `a certificate's common name has at most ${LIMITS.commonName} characters, and this id ${id.length}`
  throw new Refusal('invalid-body', detail, { field: '/credentials' })
}
