import { connectTag, type TagConnection } from './connect-tag.ts'
import { linkTag } from './link-tag.ts'
import type { GeneratorPlan, PlannedTag } from './messages.ts'

export interface ConnectedTag {
  readonly plan: PlannedTag
  readonly connection: TagConnection
}

/** So many sign in at once: a broker's queue of new connections is short. */
const CONNECT_AT_ONCE = 50

/** `faults` is told of every connection that is lost later. */
export async function connectTags(
  { host, port, tags, comesBack = false }: GeneratorPlan,
  faults: string[],
): Promise<readonly ConnectedTag[]> {
  const connected: ConnectedTag[] = []
  for (let from = 0; from < tags.length; from += CONNECT_AT_ONCE) {
    const some = tags.slice(from, from + CONNECT_AT_ONCE).map(async tag => ({
      plan: tag,
      connection: comesBack
        ? await linkTag({ host, port, account: tag, random: Math.random })
        : await connectTag({ host, port, account: tag, onLost: ({ message }) => faults.push(message) }),
    }))
    connected.push(...(await Promise.all(some)))
  }
  return connected
}
