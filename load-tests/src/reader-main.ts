import { createWatcher } from './reader/create-watcher.ts'
import { followStream, type StreamOptions } from './reader/follow-stream.ts'
import type { FromReader, ToReader } from './reader/messages.ts'
import { answerParent } from './stack/answer-parent.ts'
import { AREA } from './stack/places.ts'

type Connect = Extract<ToReader, { type: 'connect' }>

/** The clients of the live stream: one that watches everything and measures, and others that only read. */
const watcher = createWatcher()
let bytes = 0
let reconnects = 0
let window = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }

async function connect({ url, token, readers, everything }: Connect): Promise<void> {
  const common: Omit<StreamOptions, 'onMessage' | 'onReconnect' | 'onPositions'> = {
    url,
    token,
    positions: true,
    since: () => watcher.cursor(),
    onBytes: count => {
      const now = Date.now()
      if (now >= window.from && now < window.to) bytes += count
    },
  }
  await followStream({
    ...common,
    onMessage: (message, since) => watcher.take(message, since, Date.now()),
    onPositions: items => watcher.takePositions(items, Date.now()),
    onReconnect: () => reconnects++,
  })
  for (let other = 1; other < readers; other++) {
    const positions = other < everything ? true : { bbox: boxOf(other) }
    await followStream({ ...common, positions, onMessage: null, onReconnect: () => undefined })
  }
}

/** A tenth of the width of the area in which everybody lives, one or another. */
function boxOf(reader: number): readonly number[] {
  const { west, south, width, height } = AREA
  const from = west + (width / 10) * (reader % 10)
  return [from, south, from + width / 10, south + height]
}

answerParent<ToReader, FromReader>(async message => {
  switch (message.type) {
    case 'connect':
      await connect(message)
      return { type: 'connected' }
    case 'measure':
      window = message
      watcher.measure(message.from, message.to)
      return { type: 'measuring' }
    case 'report':
      return { type: 'reported', report: { ...watcher.report(), reconnects, bytes } }
  }
})
