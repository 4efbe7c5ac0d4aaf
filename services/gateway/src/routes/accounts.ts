import { forgetFailedSignIns, insertAccount, listAccounts } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { foundItem } from '../http/refuse.ts'
import { nameHash } from '../sign-in/lockout.ts'
import { hashPassword } from '../sign-in/passwords.ts'
import { newSecret } from '../sign-in/secrets.ts'
import { ONE } from './one.ts'
import { refuseReservedName } from './reserved-name.ts'

export const accountHandlers: Pick<Handlers, 'listAccounts' | 'createAccount' | 'endLockout'> = {
  listAccounts: ({ database, page }) => listAccounts(database, page),
  createAccount: async ({ database, viewer, body }) => {
    const { name, displayName, role } = body
    refuseReservedName(name)
    const password = body.password ?? newSecret()
    const passwordHash = await hashPassword(password)
    const account = await insertAccount(database, { name, displayName, role, passwordHash })
    await record(database, viewer, { what: 'create-account', detail: { account: name, role } })
    return body.password === undefined ? { ...account, password } : account
  },
  endLockout: async ({ database, viewer, params }) => {
    const { name } = foundItem(await listAccounts(database, ONE, params.id), 'account')
    await forgetFailedSignIns(database, nameHash(name))
    await record(database, viewer, { what: 'end-lockout', detail: { account: name } })
    return null
  },
}
