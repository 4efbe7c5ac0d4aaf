import { setTimeout as wait } from 'node:timers/promises'
import { connectTag, type TagConnection } from '../generator/connect-tag.ts'
import { entryPlace, walkPlace } from '../stack/places.ts'
import type { RegisteredTag } from '../stack/register.ts'

/** A wearer: who walks about at home, or from some second on stands in the zone. */
export interface Role {
  readonly tag: RegisteredTag
  /** Seconds into the story; null: never. */
  readonly entersAt: number | null
}

export interface StoryOptions {
  readonly host: string
  readonly port: number
  readonly seconds: number
  /** Where the story is, in seconds: two parts of it are told with a restore between them. */
  readonly from: number
  /** Called once a second, after what is published then. */
  readonly everySecond?: (second: number) => Promise<void>
}

/** On the way into the zone a tag says nothing: 400 m in eight seconds is a car in a town. */
const SILENT_S = 8
const ROUND_S = 120

/** One fix a second of everybody, in real time. Fulfilled when the broker has acknowledged them all. Gives how many. */
export async function tellStory(roles: readonly Role[], options: StoryOptions): Promise<number> {
  const lost: Error[] = []
  const connections = await Promise.all(
    roles.map(({ tag }) =>
      connectTag({ host: options.host, port: options.port, account: tag, onLost: reason => void lost.push(reason) }),
    ),
  )
  let published = 0
  for (let second = options.from; second < options.from + options.seconds; second++) {
    for (const [index, role] of roles.entries()) published += publish(role, second, connections[index])
    await options.everySecond?.(second)
    await wait(1_000)
  }
  while (connections.some(connection => connection.unacknowledged() > 0) && lost.length === 0) await wait(50)
  for (const connection of connections) connection.end()
  if (lost.length > 0) throw new AggregateError(lost, 'a tag lost its connection')
  return published
}

function publish({ tag, entersAt }: Role, second: number, connection: TagConnection | undefined): number {
  if (entersAt !== null && second < entersAt && second >= entersAt - SILENT_S) return 0
  const isInside = entersAt !== null && second >= entersAt
  const { lon, lat } = isInside ? entryPlace(tag.home) : walkPlace(tag.home, second / ROUND_S)
  const fix = { time: Date.now(), seq: second + 1, lon, lat, accuracy: 5, source: 'gnss', battery: 80 }
  connection?.publish(JSON.stringify(fix), () => undefined)
  return 1
}
