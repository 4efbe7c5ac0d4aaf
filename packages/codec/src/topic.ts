import { asId, OWNTRACKS_ID_PATTERN, TAG_ID_PATTERN, type TagId, TOPICS } from '@cordon/contract'

/** What a topic says about the messages on it. `tagId` is null when it is unusable, and on Traccar's topic, where the payload says it. */
export interface Topic {
  readonly kind: 'fixes' | 'events' | 'status' | 'acks' | 'owntracks' | 'traccar'
  readonly tagId: TagId | null
}

const TAG_PREFIX = 'cordon/v1/tags/'
const OWNTRACKS_PREFIX = 'owntracks/'
const tagIdPattern = new RegExp(TAG_ID_PATTERN)
const ownTracksIdPattern = new RegExp(OWNTRACKS_ID_PATTERN)

export const isTagId = (text: string): boolean => tagIdPattern.test(text)

/** null for a topic that nothing is expected on. */
export function parseTopic(topic: string): Topic | null {
  if (topic.startsWith(TAG_PREFIX)) return parseTagTopic(topic)
  if (topic === TOPICS.traccarPositions) return { kind: 'traccar', tagId: null }
  if (topic.startsWith(OWNTRACKS_PREFIX)) return parseOwnTracksTopic(topic.slice(OWNTRACKS_PREFIX.length))
  return null
}

function parseTagTopic(topic: string): Topic | null {
  const slash = topic.indexOf('/', TAG_PREFIX.length)
  const kind = slash < 0 ? '' : topic.slice(slash + 1)
  if (kind !== 'fixes' && kind !== 'events' && kind !== 'status' && kind !== 'acks') return null
  const id = topic.slice(TAG_PREFIX.length, slash)
  return { kind, tagId: isTagId(id) ? asId<TagId>(id) : null }
}

/** Deeper topics (`…/event`, `…/cmd`) carry what is no position: they are not subscribed to. */
function parseOwnTracksTopic(id: string): Topic | null {
  if (id.split('/').length !== 2) return null
  return { kind: 'owntracks', tagId: ownTracksIdPattern.test(id) ? asId<TagId>(id) : null }
}
