import type { LivePosition, ServerMessage } from '@cordon/contract'
import { encodePositionFrame } from '@cordon/contract/position-frame'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reconnectDelayMs } from './backoff.ts'
import { type StreamSocket, startStream } from './stream-client.ts'

/** A network that the test drives: every socket that was opened, and what was sent on it. */
function aNetwork() {
  const sockets: { sent: unknown[]; closed: boolean; emit: (type: string, data?: unknown) => void }[] = []
  const openSocket = (): StreamSocket => {
    const listeners = new Map<string, (event: unknown) => void>()
    const record = {
      sent: [] as unknown[],
      closed: false,
      emit: (type: string, data?: unknown) =>
        listeners.get(type)?.({ data: data instanceof ArrayBuffer ? data : JSON.stringify(data) }),
    }
    sockets.push(record)
    return {
      binaryType: 'blob',
      send: text => record.sent.push(JSON.parse(text as string)),
      close: () => {
        record.closed = true
      },
      addEventListener: (type: string, listener: unknown) => listeners.set(type, listener as (event: unknown) => void),
    }
  }
  return { sockets, openSocket }
}

function startOn(network: ReturnType<typeof aNetwork>, cursor: () => string | undefined = () => undefined) {
  const messages: ServerMessage[] = []
  const downs: number[] = []
  const positions: LivePosition[] = []
  const stop = startStream({
    openSocket: network.openSocket,
    cursor,
    onMessage: message => messages.push(message),
    onPositions: items => positions.push(...items),
    onDown: attempt => downs.push(attempt),
    random: () => 1,
    now: () => Date.now(),
  })
  return { messages, downs, positions, stop }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('it subscribes to everything, answers pings and hands on the rest', () => {
  const network = aNetwork()
  const { messages, stop } = startOn(network)
  const [socket] = network.sockets
  socket?.emit('open')
  socket?.emit('message', { type: 'ping' })
  socket?.emit('message', { type: 'positions', items: [] })
  socket?.emit('message', { type: 'from-a-later-version' })
  expect(socket?.sent).toEqual([
    { type: 'subscribe', positions: true, encoding: 'binary', incidents: true },
    { type: 'pong' },
  ])
  expect(messages.map(({ type }) => type)).toEqual(['positions'])
  stop()
})

test('positions come as frames; of a frame that it does not know it takes nothing', () => {
  const network = aNetwork()
  const { messages, positions, stop } = startOn(network)
  const [socket] = network.sockets
  const { buffer } = encodePositionFrame([aPosition])
  socket?.emit('message', buffer)
  const later = buffer.slice(0)
  new Uint8Array(later)[1] = 2
  socket?.emit('message', later)
  expect(positions).toEqual([aPosition])
  expect(messages).toEqual([])
  stop()
})

const aPosition: LivePosition = {
  wearerId: '101',
  activationId: '301',
  measuredAt: 1_795_327_200_000,
  receivedAt: 1_795_327_200_412,
  lon: -0.9027,
  lat: 52.2405,
  accuracyM: 8,
  source: 'gnss',
  speedMps: null,
  headingDeg: null,
  battery: 83,
}

test('after a break it comes back with the cursor it had', async () => {
  const network = aNetwork()
  const { downs, stop } = startOn(network, () => 'c7')
  network.sockets[0]?.emit('close')
  expect(downs).toEqual([0])
  await vi.advanceTimersByTimeAsync(500)
  network.sockets[1]?.emit('open')
  expect(network.sockets[1]?.sent).toEqual([
    { type: 'subscribe', positions: true, encoding: 'binary', incidents: true, since: 'c7' },
  ])
  stop()
})

test('when its cursor is refused it asks for everything on the same socket', () => {
  const network = aNetwork()
  const { stop } = startOn(network, () => 'c7')
  const [socket] = network.sockets
  socket?.emit('open')
  socket?.emit('message', { type: 'error', code: 'cursor-invalid', detail: 'subscribe again without `since`' })
  expect(socket?.sent.at(-1)).toEqual({ type: 'subscribe', positions: true, encoding: 'binary', incidents: true })
  stop()
})

test('a socket that says nothing for 25 s is closed and replaced', async () => {
  const network = aNetwork()
  const { downs, stop } = startOn(network)
  await vi.advanceTimersByTimeAsync(24_000)
  expect(downs).toEqual([])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(network.sockets[0]?.closed).toBe(true)
  expect(network.sockets).toHaveLength(2)
  stop()
})

test('stopped, it opens nothing any more', async () => {
  const network = aNetwork()
  const { stop } = startOn(network)
  network.sockets[0]?.emit('close')
  stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(network.sockets).toHaveLength(1)
})

test('delays double, are spread, and stay below 15 s', () => {
  expect([0, 1, 2, 3].map(attempt => reconnectDelayMs(attempt, 1))).toEqual([500, 1000, 2000, 4000])
  expect(reconnectDelayMs(3, 0)).toBe(2000)
  expect(reconnectDelayMs(1000, 1)).toBe(15_000)
})
