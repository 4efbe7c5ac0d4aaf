import { deleteSession } from '@cordon/store'
import { record } from '../audit/record.ts'
import { type Handlers, Rendered } from '../http/handler.ts'
import { Refusal } from '../http/refuse.ts'
import type { Front } from '../sign-in/front.ts'
import { expiredCookie } from '../sign-in/session-cookie.ts'
import { toUser } from '../sign-in/viewer.ts'

/** `onEnded` is told of a credential that is no longer good, so that what it had opened is closed. */
export const sessionHandlers = (
  onEnded: (hash: Buffer) => void,
  front: Front,
): Pick<Handlers, 'readSession' | 'endSession'> => ({
  readSession: ({ viewer }) => Promise.resolve(toUser(viewer)),
  endSession: async ({ database, viewer }) => {
    const { kind, hash } = viewer.credential
    if (kind === 'token') throw new Refusal('conflict', 'an API token has no session: revoke it instead')
    await deleteSession(database, hash)
    await record(database, viewer, { what: 'sign-out' })
    onEnded(hash)
    return new Rendered(null, { 'set-cookie': expiredCookie(front) })
  },
})
