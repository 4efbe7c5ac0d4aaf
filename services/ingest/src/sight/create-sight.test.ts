import { createLogger } from '@cordon/runtime'
import { createFakeClock } from '@cordon/testkit'
import { describe, expect, it } from 'vitest'
import type { ReceivedMessage } from '../subscribe/create-subscriber.ts'
import { createSight } from './create-sight.ts'
import { createFullness } from './watch-fullness.ts'

const aMessage = (bytes: number): ReceivedMessage => ({
  ...{ topic: 'cordon/v1/tags/a/fixes', payload: Buffer.alloc(bytes), receivedAt: 0, connection: 1, messageId: 1 },
})

function anIngest() {
  const clock = createFakeClock()
  const ingest = {
    elapsedMs: 0,
    held: [] as ReceivedMessage[],
    underWay: null as number | null,
    readAt: 1,
    awaySince: null as number | null,
  }
  const lines: string[] = []
  const logger = createLogger({ name: 'test', level: 'info', destination: { write: line => void lines.push(line) } })
  const batcher = {
    held: () => ingest.held,
    failing: () => null,
    underWay: () => (ingest.underWay === null ? null : { number: 1, messages: ingest.held, forMs: ingest.underWay }),
  }
  const subscriber = { held: () => ingest.held.length, awaySince: () => ingest.awaySince }
  const sight = createSight({
    ...{
      batcher,
      subscriber,
      clock,
      elapsed: () => ingest.elapsedMs,
      allowance: { floods: () => 0 },
      provisional: { count: () => 0 },
    },
    register: { readAt: () => ingest.readAt },
    fullSince: createFullness({ subscriber, batcher, receiveMaximum: 10, clock, logger }),
    expected: () => ({ tags: 5, intervalMs: 60_000 }),
  })
  return { ingest, clock, sight, lines }
}

describe('how far ingest sees', () => {
  it('a clock that is set an hour on or back makes nothing look older or younger', () => {
    const { ingest, clock, sight } = anIngest()
    Object.assign(ingest, { underWay: 0, awaySince: clock.now(), held: [{ ...aMessage(1), receivedAt: clock.now() }] })
    sight.now()
    for (const stepMs of [3_600_000, -7_200_000]) {
      clock.advance(stepMs)
      ingest.elapsedMs += 4_000
      ingest.underWay = ingest.elapsedMs
      ingest.readAt += 1
    }
    expect(sight.now()).toMatchObject({
      ...{ oldestHeldSeconds: 8, brokerAwaySeconds: 8, databaseAwaySeconds: 0, silentSeconds: 8 },
    })
  })

  it('a database that does not answer is noticed though nothing is held', () => {
    const { ingest, sight } = anIngest()
    sight.now()
    ingest.elapsedMs = 6_000
    expect(sight.now().databaseAwaySeconds).toBe(6)
  })

  it('a full bound, by messages or by bytes, is said loudly, until half of it is free', () => {
    for (const full of [Array.from({ length: 10 }, () => aMessage(1)), [aMessage(64 * 1024 * 1024)]]) {
      const { ingest, clock, sight, lines } = anIngest()
      expect(sight.now().fullSince).toBeNull()
      ingest.held = full
      const since = new Date(clock.now()).toISOString()
      expect(sight.now().fullSince).toBe(since)
      clock.advance(20_000)
      ingest.held = Array.from({ length: 7 }, () => aMessage(1))
      expect(sight.now().fullSince).toBe(since)
      expect(lines.filter(line => line.includes('blind for new fixes'))).toHaveLength(2)
      ingest.held = ingest.held.slice(0, 5)
      expect(sight.now().fullSince).toBeNull()
    }
  })
})
