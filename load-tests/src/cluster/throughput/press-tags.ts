import { sleep } from '@cordon/runtime'
import { connectTag, type TagConnection, type TagOptions } from '../../generator/connect-tag.ts'
import { createTag } from '../../generator/create-tag.ts'
import type { PublishedTag } from '../../generator/messages.ts'
import type { RegisteredTag } from '../../stack/register.ts'
import type { Address } from '../roaming-tag.ts'

/** Tags that say the next thing whenever one is acknowledged: as much as is taken, and never more under way than a little. */
export interface PressingTags {
  begin(): void
  /** Messages acknowledged so far. */
  acknowledged(): number
  /** Stops publishing, and waits for the last acknowledgements of all whose connection stands. */
  finish(): Promise<readonly PublishedTag[]>
  /** Connections that were lost; such a tag is silent from then on. */
  lost(): number
  end(): void
}

/** Messages of one tag under way. */
const UNDER_WAY = 4
/** A tag says one thing in a millisecond: who could not say it at once says it then. */
const AGAIN_MS = 2
const CONNECT_AT_ONCE = 50
const CONNECT_MS = 30_000
const DRAIN_MS = 30_000

export async function pressTags(tags: readonly RegisteredTag[], addresses: readonly Address[]): Promise<PressingTags> {
  let acknowledged = 0
  let lost = 0
  let isOver = true
  const onAcknowledged = () => {
    acknowledged++
    return !isOver
  }
  const pressing: Pressing[] = []
  for (let from = 0; from < tags.length; from += CONNECT_AT_ONCE) {
    const some = tags.slice(from, from + CONNECT_AT_ONCE).map((tag, index) => {
      const address = addresses[(from + index) % addresses.length] ?? { host: '', port: 0 }
      return pressTag({ tag, address, onAcknowledged, onLost: () => lost++ })
    })
    pressing.push(...(await Promise.all(some)))
  }
  const timer = setInterval(() => {
    if (!isOver) for (const tag of pressing) tag.say()
  }, AGAIN_MS)
  return {
    begin: () => {
      isOver = false
    },
    acknowledged: () => acknowledged,
    finish: async () => {
      isOver = true
      clearInterval(timer)
      for (const deadline = Date.now() + DRAIN_MS; Date.now() < deadline; await sleep(20))
        if (pressing.every(tag => tag.isQuiet())) break
      return pressing.map(tag => tag.result())
    },
    lost: () => lost,
    end: () => {
      clearInterval(timer)
      for (const tag of pressing) tag.end()
    },
  }
}

interface Pressing {
  /** As much as it may. */
  say(): void
  /** Nothing is waited for any more. */
  isQuiet(): boolean
  result(): PublishedTag
  end(): void
}

interface PressOptions {
  readonly tag: RegisteredTag
  readonly address: Address
  /** True: go on. */
  readonly onAcknowledged: () => boolean
  readonly onLost: () => void
}

/** A cluster that has just begun closes the first connections: it makes what it needs for them meanwhile. */
async function connect(options: TagOptions): Promise<TagConnection> {
  for (const deadline = Date.now() + CONNECT_MS; ; await sleep(500)) {
    try {
      return await connectTag(options)
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}

async function pressTag({ tag, address, onAcknowledged, onLost }: PressOptions): Promise<Pressing> {
  const open = new Set<number>()
  let isConnected = false
  let isLost = false
  const lose = () => {
    if (!isConnected) return
    isLost = true
    onLost()
  }
  const connection = await connect({ ...address, account: tag, onLost: lose })
  isConnected = true
  const speaker = createTag({ ...tag, entry: null }, 1, Date.now())
  const say = () => {
    while (open.size < UNDER_WAY && !isLost) {
      const message = speaker.next(Date.now())
      if (message === null) return
      const { firstSeq, payload } = message
      open.add(firstSeq)
      connection.publish(payload, () => {
        open.delete(firstSeq)
        if (onAcknowledged()) say()
      })
    }
  }
  return {
    say,
    isQuiet: () => isLost || open.size === 0,
    result: () => ({
      ...{ id: tag.id, fixes: speaker.fixes(), unacknowledged: [...open], malformed: 0, enteredAt: null },
    }),
    end: () => connection.end(),
  }
}
