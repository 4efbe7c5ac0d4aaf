import { TOPICS } from '@cordon/contract'
import { walkPlace } from '../stack/places.ts'
import type { RegisteredTag } from '../stack/register.ts'
import { fixJson } from './create-tag.ts'
import { publishPacket, text } from './packets.ts'
import { createRandom } from './random.ts'

/** Packets one behind the other: making them while they are sent would cost as much as sending them. */
export interface PreparedFlood {
  readonly bytes: Buffer
  /** Where each packet ends. */
  readonly ends: Uint32Array
}

/** The noise of a position, degrees: some 3 m, so that hardly two are the same. */
const NOISE = 0.00003
const ROUND_MS = 120_000

/**
 * So many messages of one fix each, every fix of another time and number and with noise of its own, in their order: a millisecond after each other, the last
 * one at `endAt`. Ten in a real millisecond cannot all be of now; so they begin in the past, and the last one is of now.
 */
export function prepareFlood({ id, home }: RegisteredTag, messages: number, endAt: number): PreparedFlood {
  const topic = text(TOPICS.tagFixes(id))
  const random = createRandom(1)
  const packets: Buffer[] = []
  const ends = new Uint32Array(messages)
  let end = 0
  for (let index = 0; index < messages; index++) {
    const at = endAt - messages + 1 + index
    const { lon, lat } = walkPlace(home, at / ROUND_MS)
    const place = { lon: lon + noise(random), lat: lat + noise(random) }
    const packet = publishPacket(topic, (index % 65_535) + 1, fixJson(place, at, index + 1))
    packets.push(packet)
    end += packet.length
    ends[index] = end
  }
  return { bytes: Buffer.concat(packets), ends }
}

const noise = (random: () => number): number => (random() - 0.5) * 2 * NOISE
