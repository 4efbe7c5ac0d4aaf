import { reinstateForwarder, revokeForwarder, rotateForwarder } from '@cordon/store'
import { type AccountParts, cutOff, letIn, lockAccount } from '../accounts/change-account.ts'
import { record } from '../audit/record.ts'
import type { Call, Handlers } from '../http/handler.ts'
import { notFound, Refusal } from '../http/refuse.ts'
import { forwarderName, newPassword } from './credentials.ts'

export const forwarderCredentialHandlers = (
  parts: AccountParts,
): Pick<Handlers, 'rotateForwarder' | 'revokeForwarder' | 'reinstateForwarder'> => ({
  rotateForwarder: call => rotate(call, parts),
  revokeForwarder: call => revoke(call, parts),
  reinstateForwarder: call => reinstate(call, parts),
})

/** As a tag's: the broker first. */
async function rotate({ database, viewer, params }: Call<'rotateForwarder'>, { accounts }: AccountParts) {
  const { id } = params
  const username = forwarderName(id)
  const { version, isRevoked } = await lockAccount(database, username, 'forwarder')
  const { password, passwordHash } = newPassword()
  await accounts.putForwarder(id, 'traccar', password, version + 1)
  if (isRevoked) await accounts.revoke(username)
  const forwarder = await rotateForwarder(database, id, passwordHash)
  if (forwarder === undefined) throw notFound('forwarder')
  await record(database, viewer, { what: 'change-forwarder-credentials', detail: { forwarderId: id } })
  return { ...forwarder, username, password }
}

async function revoke({ database, viewer, params, body, undo }: Call<'revokeForwarder'>, parts: AccountParts) {
  const { id } = params
  const { isRevoked } = await lockAccount(database, forwarderName(id), 'forwarder')
  if (isRevoked) throw new Refusal('conflict', 'this forwarder is revoked already')
  const isCutOff = await cutOff(parts, forwarderName(id), undo)
  const forwarder = await revokeForwarder(database, { id, by: viewer.name, reason: body.reason })
  if (forwarder === undefined) throw notFound('forwarder')
  const detail = { forwarderId: id, reason: body.reason, cutOff: isCutOff }
  await record(database, viewer, { what: 'revoke-forwarder', detail })
  return { ...forwarder, cutOff: isCutOff }
}

async function reinstate({ database, viewer, params, body, undo }: Call<'reinstateForwarder'>, parts: AccountParts) {
  const { id } = params
  const registered = await lockAccount(database, forwarderName(id), 'forwarder')
  if (!registered.isRevoked) throw new Refusal('conflict', 'this forwarder is not revoked')
  await letIn(parts, registered, undo)
  const forwarder = await reinstateForwarder(database, id)
  if (forwarder === undefined) throw notFound('forwarder')
  await record(database, viewer, { what: 'reinstate-forwarder', detail: { forwarderId: id, reason: body.reason } })
  return forwarder
}
