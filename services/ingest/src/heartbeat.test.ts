import type { LiveSight, LiveSystem } from '@cordon/contract'
import { createFakeClock } from '@cordon/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { startHeartbeat } from './heartbeat.ts'
import { until } from './testing/start-ingest.ts'
import type { Failing } from './trouble.ts'

let stop: () => void = () => undefined
afterEach(() => stop())

interface Health {
  readonly failing?: Failing
  readonly awaySince?: number
  readonly lagSeconds?: number
}

const seen: LiveSight = {
  ...{ oldestHeldSeconds: 0, notKeptSince: null, brokerAwaySeconds: 0, databaseAwaySeconds: 0, fullSince: null },
  ...{ silentSeconds: 0.2, silentLimitSeconds: 8, tagsExpected: 12, newestFixAt: null, provisional: 0 },
}

const firstBeat = async (health: Health, now?: number) => (await beats(health, now))[0]

async function beats({ failing, awaySince, lagSeconds = 0.05 }: Health, now = 100_000) {
  const sent: LiveSystem[] = []
  let ticks = 0
  stop = startHeartbeat({
    instance: 'ingest-1',
    live: { publishSystem: message => sent.push(message) > 0 },
    meter: { sinceLast: () => ({ fixesPerSecond: 12, lagSeconds }) },
    batcher: { failing: () => failing ?? null, tick: () => ticks++ },
    subscriber: { held: () => 3, awaySince: () => awaySince ?? null },
    sight: { now: () => seen },
    clock: createFakeClock(now),
  })
  await until(() => ticks > 0, 'it beats', 5_000)
  return sent
}

describe('the heartbeat', () => {
  it('says how ingest is, and drives the engine’s clock', async () => {
    expect(await firstBeat({})).toEqual({
      ...{ ingest: 'ingest-1', at: '1970-01-01T00:01:40.000Z', lagSeconds: 0.05, fixesPerSecond: 12, inFlight: 3 },
      database: true,
      sight: seen,
    })
  })

  it('is as late as the outage is long, and names the database only when it is to blame', async () => {
    expect(await firstBeat({ failing: { since: 70_000, isOutage: true } })).toMatchObject({
      lagSeconds: 30,
      database: false,
    })
    stop()
    expect(await firstBeat({ failing: { since: 70_000, isOutage: false } })).toMatchObject({
      lagSeconds: 30,
      database: true,
    })
  })

  it('says goodbye when it is stopped on purpose, so that it is not missed', async () => {
    const sent = await beats({})
    stop()
    expect(sent.at(-1)).toMatchObject({ ingest: 'ingest-1', stopping: true })
  })

  it('is late while nothing can arrive, although nothing waits', async () => {
    expect(await firstBeat({ awaySince: 40_000 })).toMatchObject({ lagSeconds: 60, database: true })
  })
})
