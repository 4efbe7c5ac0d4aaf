import { OWNTRACKS_ID_PATTERN, type TagCreate, type TagProtocol } from '@cordon/contract'
import type { BrokerAccounts } from '@cordon/live'
import { insertTag, listTags } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Call, Handlers } from '../http/handler.ts'
import { foundItem, Refusal } from '../http/refuse.ts'
import { newCredentials } from './credentials.ts'
import { ONE } from './one.ts'
import { checkCertificateName } from './tag-credentials.ts'

export const tagHandlers = (accounts: BrokerAccounts): Pick<Handlers, 'listTags' | 'createTag' | 'readTag'> => ({
  listTags: ({ database, viewer, page }) => listTags(database, { caseload: viewer.caseload }, page),
  createTag: call => createTag(call, accounts),
  readTag: async ({ database, viewer, params }) =>
    foundItem(await listTags(database, { id: params.id, caseload: viewer.caseload }, ONE), 'tag'),
})

/** The account is at the broker before the tag is in the database, and taken away again when the tag does not get there. */
async function createTag({ database, viewer, body, undo }: Call<'createTag'>, accounts: BrokerAccounts) {
  const { id, model, protocol = 'cordon', credentials = 'password' } = body
  checkId(body, protocol)
  checkCertificateName(id, credentials)
  const isPassword = credentials === 'password'
  const { username, password, passwordHash } = await newCredentials(database, id, 'tag')
  undo(() => accounts.remove(username))
  await accounts.putTag(id, protocol, isPassword ? password : null)
  const tag = await insertTag(database, { id, model, protocol, passwordHash: isPassword ? passwordHash : null })
  await record(database, viewer, { what: 'create-tag', detail: { tagId: id, credentials } })
  return { ...tag, username, ...(isPassword && { password }) }
}

/** Two parts name an OwnTracks tag, and nothing else: its topic is made of both. */
function checkId({ id }: TagCreate, protocol: TagProtocol): void {
  const isPair = new RegExp(OWNTRACKS_ID_PATTERN).test(id)
  if (isPair === (protocol === 'owntracks')) return
  const expected = protocol === 'owntracks' ? '`user/device`' : 'an id without a slash'
  throw new Refusal('invalid-body', `a tag that speaks ${protocol} has ${expected}`, { field: '/id' })
}
