import { type TagProtocol, TOPICS } from '@cordon/contract'
import type { AccountTopics } from './broker-accounts.ts'

/** What a tag may do at the broker. */
export function tagTopics(tagId: string, protocol: TagProtocol): AccountTopics {
  switch (protocol) {
    case 'owntracks':
      return { publish: [TOPICS.owntracks(tagId)], subscribe: [`${TOPICS.owntracks(tagId)}/cmd`] }
    case 'cordon':
      return {
        publish: [TOPICS.tagFixes(tagId), TOPICS.tagEvents(tagId), TOPICS.tagStatus(tagId), TOPICS.tagAcks(tagId)],
        subscribe: [TOPICS.tagCommands(tagId)],
      }
    case 'traccar': // speaks to Traccar, never to the broker
      return { publish: [], subscribe: [] }
  }
}

export const FORWARDER_TOPICS: AccountTopics = { publish: [TOPICS.traccarPositions], subscribe: [] }

export const isSameTopics = (a: AccountTopics, b: AccountTopics): boolean =>
  isSameSet(a.publish, b.publish) && isSameSet(a.subscribe, b.subscribe)

const isSameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n')
