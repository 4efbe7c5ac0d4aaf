import { type Answer, type Ask, checkAnswers, isMissing } from './ask-broker.ts'
import type { AccountAtBroker, AccountTopics } from './broker-accounts.ts'

export const roleOf = (username: string): string => `account.${username}`

/** The register's count of the credentials travels in the account's description; an account without one is of the first. */
export const describeVersion = (version: number): string => `credentials ${version}`
const VERSION = /^credentials (\d{1,9})$/

/** An account's role is below 1 kB in an answer, and 1 MB the largest message that the broker passes on. */
const AT_ONCE = 400

interface Client {
  readonly username: string
  readonly textdescription?: string
  readonly disabled?: boolean
  readonly roles?: readonly { readonly rolename: string }[]
  readonly groups?: readonly unknown[]
}
interface Role {
  readonly rolename: string
  readonly acls?: readonly { readonly acltype: string; readonly topic: string; readonly allow: boolean }[]
}

export async function readAccount(ask: Ask, username: string): Promise<AccountAtBroker | undefined> {
  const [client, role] = await ask([
    { command: 'getClient', username },
    { command: 'getRole', rolename: roleOf(username) },
  ])
  checkAnswers(
    [client, role].flatMap(answer => answer ?? []),
    isMissing,
  )
  const found = dataOf<{ client: Client }>(client)?.client
  return found === undefined ? undefined : accountOf(found, dataOf<{ role: Role }>(role)?.role)
}

/** Accounts that are made meanwhile may be missing: whoever acts on what is missing looks again. */
export async function readAccounts(ask: Ask): Promise<ReadonlyMap<string, AccountAtBroker>> {
  const roles = new Map((await readPages<Role>(ask, 'listRoles', 'roles')).map(role => [role.rolename, role]))
  const clients = await readPages<Client>(ask, 'listClients', 'clients')
  return new Map(clients.map(client => [client.username, accountOf(client, roles.get(roleOf(client.username)))]))
}

async function readPages<Item>(ask: Ask, command: string, key: string): Promise<readonly Item[]> {
  const items: Item[] = []
  for (;;) {
    const answers = await ask([{ command, verbose: true, count: AT_ONCE, offset: items.length }])
    checkAnswers(answers, () => false)
    const page = dataOf<Record<string, Item[]>>(answers[0])?.[key] ?? []
    items.push(...page)
    if (page.length < AT_ONCE) return items
  }
}

function accountOf(
  { username, textdescription = '', disabled, roles = [], groups = [] }: Client,
  role?: Role,
): AccountAtBroker {
  const own = roleOf(username)
  const isHeld = roles.some(({ rolename }) => rolename === own)
  const topics = isHeld ? topicsOf(role?.acls ?? []) : { publish: [], subscribe: [], hasMore: false }
  return {
    ...topics,
    version: Number(VERSION.exec(textdescription)?.[1] ?? 1),
    isEnabled: disabled !== true,
    hasMore: topics.hasMore || groups.length > 0 || roles.some(({ rolename }) => rolename !== own),
  }
}

const KNOWN = new Set(['publishClientSend', 'subscribeLiteral', 'publishClientReceive'])

function topicsOf(acls: NonNullable<Role['acls']>): AccountTopics & { readonly hasMore: boolean } {
  const of = (type: string) => acls.flatMap(({ acltype, topic, allow }) => (allow && acltype === type ? [topic] : []))
  const subscribe = of('subscribeLiteral')
  const hasMore =
    acls.some(({ acltype, allow }) => allow && !KNOWN.has(acltype)) ||
    of('publishClientReceive').some(topic => !subscribe.includes(topic))
  return { publish: of('publishClientSend'), subscribe, hasMore }
}

// What the plugin answers has been checked for errors; its shape is the one of its documentation.
const dataOf = <Data>(answer: Answer | undefined): Data | undefined => answer?.data as Data | undefined
