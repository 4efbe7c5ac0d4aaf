import { describe, expect, it } from 'vitest'
import { createCheck } from '../check.ts'
import { ClientMessage, ServerMessage } from './messages.ts'

const isClient = createCheck(ClientMessage)
const isServer = createCheck(ServerMessage)
const at = '2026-11-22T06:00:00.000Z'

describe('what a client may send', () => {
  it.each([
    [{ type: 'subscribe' }],
    [{ type: 'subscribe', positions: true, incidents: true }],
    [{ type: 'subscribe', positions: { bbox: [-1.4, 51.97, -0.34, 52.65] } }],
    [{ type: 'subscribe', positions: { wearerIds: ['101', '102'] }, since: '88412' }],
    [{ type: 'unsubscribe' }],
    [{ type: 'pong' }],
  ])('is taken as the design prints it: %j', message => {
    expect(isClient(message)).toBe(true)
  })

  it.each([
    [{}],
    [{ type: 'hello' }],
    [{ type: 'subscribe', positions: { bbox: [1, 2, 3] } }],
    [{ type: 'subscribe', positions: { bbox: [1, 2, 3, 4, 5] } }],
    [{ type: 'subscribe', positions: { wearerIds: [101] } }],
    [{ type: 'subscribe', incidents: 'all' }],
    [{ type: 'subscribe', since: '' }],
    [{ type: 'subscribe', since: 'x'.repeat(201) }],
  ])('is refused otherwise: %j', message => {
    expect(isClient(message)).toBe(false)
  })
})

describe('what the server sends', () => {
  const position = {
    wearerId: '101',
    activationId: '301',
    time: at,
    receivedAt: at,
    lat: 52.2,
    lon: -0.9,
    accuracy: null,
    source: 'cell',
    speed: null,
    heading: null,
    battery: null,
  }

  it.each([
    [{ type: 'hello', serverTime: at, user: { name: 'p.ward', displayName: 'Pat Ward', role: 'operator' } }],
    [
      {
        type: 'snapshot',
        complete: true,
        positions: [position],
        incidents: [],
        cursor: '1',
        provisional: { items: [], leftOut: 0 },
      },
    ],
    [{ type: 'positions', items: [position] }],
    [
      {
        type: 'system',
        serverTime: at,
        ingestLagSeconds: null,
        fixesPerSecond: null,
        tagsReporting: 0,
        tagsExpected: 2,
        feeds: { database: { state: 'down', since: at } },
      },
    ],
    [{ type: 'ping' }],
    [{ type: 'error', code: 'invalid-message', detail: 'no such type' }],
  ])('has the printed shape: %j', message => {
    expect(isServer(message)).toBe(true)
  })

  it('never leaves out that an accuracy is unknown', () => {
    const { accuracy: _, ...rest } = position
    expect(isServer({ type: 'positions', items: [rest] })).toBe(false)
  })
})
