import type { TagProtocol } from '@cordon/contract'

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
/** Traccar's forwarder sends for all its tags on one topic, which has no word to spread them by. */
const TRACCAR_PARTITION = 0

/**
 * The partition that everything of a tag arrives in: what `partition()` of the server's subject mapping gives, 32-bit FNV-1a of
 * the words it is asked for, one after the other without a dot, modulo the number of partitions (nats-server 2.9). An OwnTracks
 * tag, `user/device`, is mapped by both its words.
 */
export function partitionOf(tagId: string, protocol: TagProtocol, partitions: number): number {
  if (protocol === 'traccar') return TRACCAR_PARTITION
  return fnv1a(tagId.replace('/', '')) % partitions
}

/** http://www.isthe.com/chongo/tech/comp/fnv/, of a text that is ASCII: tag ids are. */
function fnv1a(text: string): number {
  let hash = FNV_OFFSET
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME)
  return hash >>> 0
}
