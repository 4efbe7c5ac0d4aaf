import { LIVE_TOPICS, TOPICS } from '@cordon/contract'
import type { BrokerUser } from './broker-user.ts'

/** bcrypt hashes of the passwords of Cordon's own users. */
export interface ServicePasswords {
  /** Ingest: reads the stream behind the tags' MQTT. */
  readonly ingest: string
  /** Ingest and gateway: the live topics. */
  readonly live: string
  /** For whoever looks after the servers. */
  readonly system: string
}

export interface AccountsOptions {
  readonly partitions: number
  readonly services: ServicePasswords
  readonly users: readonly BrokerUser[]
}

const TAG_KINDS = [TOPICS.tagFixes, TOPICS.tagEvents, TOPICS.tagStatus, TOPICS.tagAcks].map(topic => topic('*'))

/**
 * accounts.conf of the servers. The tags have an account of their own: whatever they do, they never meet Cordon's live topics, and
 * its MQTT stream holds nothing but what they said. The mappings put the partition before the words of a topic, and the server
 * checks a right against the mapped subject: a tag has the right to its own partition only.
 */
export function renderAccounts({ partitions, services, users }: AccountsOptions): string {
  const tags = [ingestUser(services.ingest), ...users.map(renderUser)]
  return `# Written by a program: what is changed here is lost.
system_account: SYS
accounts {
  TAGS {
    jetstream: enabled
    mappings {
${mappings(partitions)
  .map(([from, to]) => `      ${quote(from)}: ${quote(to)}`)
  .join('\n')}
    }
    users: [
${tags.map(user => `      ${user}`).join('\n')}
    ]
  }
  LIVE {
    jetstream: enabled
    users: [
      ${liveUser(services.live)}
    ]
  }
  SYS {
    users: [
      { user: cordon.system, password: ${quote(services.system)} }
    ]
  }
}
`
}

function mappings(partitions: number): readonly (readonly [string, string])[] {
  const by = (words: string) => `in.{{partition(${partitions},${words})}}`
  return [
    ...TAG_KINDS.map(topic => {
      const from = toSubject(topic)
      return [from, `${by('1')}.${from.replace('*', '{{wildcard(1)}}')}`] as const
    }),
    ['owntracks.*.*', `${by('1,2')}.owntracks.{{wildcard(1)}}.{{wildcard(2)}}`],
    // One topic for all of Traccar's tags: one partition.
    [toSubject(TOPICS.traccarPositions), `in.0.${toSubject(TOPICS.traccarPositions)}`],
  ]
}

const toSubject = (topic: string): string => topic.replaceAll('/', '.')

/** JetStream's interface, the acknowledgements, and markers; not the tags' own subjects. */
const ingestUser = (passwordHash: string): string =>
  `{ user: cordon.ingest, password: ${quote(passwordHash)}, allowed_connection_types: ["STANDARD"], permissions: {` +
  ` publish: { allow: ["$JS.API.>", "$JS.ACK.>", "$MQTT.msgs.in.*.marker"] }, subscribe: { allow: ["_INBOX.>"] } } }`

/** What is subscribed to at QoS 1 comes to it over subjects of the server's own. */
const liveUser = (passwordHash: string): string => {
  const subjects = LIVE_TOPICS.map(toSubject)
  const permissions = `{ publish: ${rights(subjects)}, subscribe: ${rights([...subjects, '$MQTT.sub.>'])} }`
  return `{ user: cordon.live, password: ${quote(passwordHash)}, allowed_connection_types: ["MQTT"], permissions: ${permissions} }`
}

function renderUser({ username, passwordHash, partition, publish, subscribe }: BrokerUser): string {
  const allowPublish = publish.map(topic => `in.${partition}.${toSubject(topic)}`)
  return (
    `{ user: ${quote(username)}, password: ${quote(passwordHash)}, allowed_connection_types: ["MQTT"],` +
    ` permissions: { publish: ${rights(allowPublish)}, subscribe: ${rights(subscribe.map(toSubject))} } }`
  )
}

/** A list of nothing allows everything: what is denied has to be said. */
const rights = (subjects: readonly string[]): string =>
  subjects.length === 0 ? '{ deny: [">"] }' : `{ allow: [${subjects.map(quote).join(', ')}] }`

/** A text of the configuration. Ids and hashes hold neither quotes nor backslashes; anything else must not become configuration. */
function quote(text: string): string {
  if (!/^[\w$./*>{}(),:+-]+$/.test(text)) throw new RangeError(`not to be written into the configuration: ${text}`)
  return `"${text}"`
}
