import { backoff } from '@cordon/runtime'
import { connectTag, type TagConnection, type TagOptions } from './connect-tag.ts'

/** A tag that comes back: each message that was not acknowledged is sent again, in its order, over the next connection. */
export type LinkOptions = Omit<TagOptions, 'onLost'> & {
  /** In [0, 1): a thousand tags that lost the same broker must not come back in one millisecond. */
  readonly random: () => number
}

interface Waiting {
  readonly payload: string
  readonly onAcknowledged: () => void
}

const WAITS = { minMs: 250, maxMs: 2_000 }

/** Connects, and from then on is there for the tag whatever becomes of the network: what it publishes meanwhile is kept, and sent later. */
export async function linkTag({ random, ...options }: LinkOptions): Promise<TagConnection> {
  const waiting = new Map<number, Waiting>()
  const waits = backoff({ ...WAITS, random })
  let last = 0
  let connection: TagConnection | undefined
  let timer: NodeJS.Timeout | undefined
  let ended = false

  const send = (over: TagConnection, number: number, { payload, onAcknowledged }: Waiting) =>
    over.publish(payload, () => {
      // an answer of an earlier connection may come first: it is said once
      if (waiting.delete(number)) onAcknowledged()
    })
  const connect = async (): Promise<void> => {
    let isLost = false
    const opened = await connectTag({
      ...options,
      onLost: () => {
        isLost = true
        connection = undefined
        if (!ended) timer = setTimeout(() => void connect().catch(() => undefined), waits.next())
      },
    })
    if (isLost || ended) return opened.end()
    connection = opened
    waits.reset()
    for (const [number, message] of waiting) send(opened, number, message)
  }
  await connect()

  return {
    publish: (payload, onAcknowledged) => {
      const number = ++last
      const message = { payload, onAcknowledged }
      waiting.set(number, message)
      if (connection !== undefined) send(connection, number, message)
    },
    unacknowledged: () => waiting.size,
    end: () => {
      ended = true
      clearTimeout(timer)
      connection?.end()
    },
  }
}
