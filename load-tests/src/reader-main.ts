import { createWatcher } from './reader/create-watcher.ts'
import { followStream, type StreamOptions } from './reader/follow-stream.ts'
import type { FromReader, ToReader } from './reader/messages.ts'
import { answerParent } from './stack/answer-parent.ts'

/** The clients of the live stream: one that watches everything and measures, and others that only read. */
const watcher = createWatcher()
let bytes = 0
let reconnects = 0
let window = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }

async function connect(url: string, token: string, readers: number): Promise<void> {
  const common: Omit<StreamOptions, 'onMessage' | 'onReconnect'> = {
    url,
    token,
    since: () => watcher.cursor(),
    onBytes: count => {
      const now = Date.now()
      if (now >= window.from && now < window.to) bytes += count
    },
  }
  await followStream({
    ...common,
    onMessage: (message, since) => watcher.take(message, since, Date.now()),
    onReconnect: () => reconnects++,
  })
  for (let other = 1; other < readers; other++)
    await followStream({ ...common, onMessage: null, onReconnect: () => undefined })
}

answerParent<ToReader, FromReader>(async message => {
  switch (message.type) {
    case 'connect':
      await connect(message.url, message.token, message.readers)
      return { type: 'connected' }
    case 'measure':
      window = message
      watcher.measure(message.from, message.to)
      return { type: 'measuring' }
    case 'report':
      return { type: 'reported', report: { ...watcher.report(), reconnects, bytes } }
  }
})
