import { createToldLog } from './reader/create-told-log.ts'
import { createWatcher } from './reader/create-watcher.ts'
import { followStream, type Stream, type StreamOptions } from './reader/follow-stream.ts'
import type { FromReader, Told, ToReader } from './reader/messages.ts'
import { answerParent } from './stack/answer-parent.ts'
import { AREA } from './stack/places.ts'

type Connect = Extract<ToReader, { type: 'connect' }>

/** The clients of the live stream: one that watches everything and measures, and others that only keep what they are told of incidents. */
const watcher = createWatcher()
const streams: Stream[] = []
const others: (() => readonly Told[])[] = []
let bytes = 0
let reconnects = 0
let window = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }

async function connect({ url, token, readers, everything }: Connect): Promise<void> {
  const onBytes = (count: number) => {
    const now = Date.now()
    if (now >= window.from && now < window.to) bytes += count
  }
  const common = { url, token, onBytes }
  const first = await followStream({
    ...common,
    positions: true,
    since: () => watcher.cursor(),
    onMessage: (message, since) => watcher.take(message, since, Date.now()),
    onPositions: items => watcher.takePositions(items, Date.now()),
    onLost: () => watcher.sight.lost(Date.now()),
    onReconnect: () => reconnects++,
  })
  streams.push(first)
  for (let other = 1; other < readers; other++) {
    const positions = other < everything ? true : { bbox: boxOf(other) }
    streams.push(await follow({ ...common, positions }))
  }
}

/** Keeps what it is told of incidents; of positions it counts the bytes alone: 500 clients in one process cannot read them all. */
function follow(common: Pick<StreamOptions, 'url' | 'token' | 'positions' | 'onBytes'>): Promise<Stream> {
  const log = createToldLog()
  others.push(() => log.report().told)
  return followStream({
    ...common,
    since: () => log.cursor(),
    onMessage: (message, since) => {
      if (message.type === 'snapshot') log.takeSnapshot(message, since)
      else if (message.type === 'incident') log.takeChange(message)
    },
    onReconnect: () => undefined,
  })
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
    case 'stretch':
      watcher.stretch(message.stretch)
      return { type: 'stretched' }
    case 'begin':
      watcher.sight.begin(Date.now())
      return { type: 'begun' }
    case 'end':
      watcher.sight.end(Date.now())
      return { type: 'ended' }
    case 'look':
      return { type: 'seen', isClear: watcher.sight.isClear(Date.now()), cursor: watcher.cursor() ?? '0' }
    case 'pause':
      for (const stream of streams) stream.pause()
      return { type: 'paused' }
    case 'resume':
      for (const stream of streams) stream.resume()
      return { type: 'resumed' }
    case 'report':
      return {
        type: 'reported',
        report: { ...watcher.report(), reconnects, bytes, others: others.map(told => told()) },
      }
  }
})
