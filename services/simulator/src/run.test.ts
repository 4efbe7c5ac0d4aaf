import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asId, createCheck, DeviceEventMessage, FixMessage, StatusMessage, type TagId, TOPICS } from '@cordon/contract'
import { createLogger, sleep, systemClock } from '@cordon/runtime'
import { leakCheck, startTestBroker, type TestBroker } from '@cordon/testkit'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseFaultRates } from './faults/fault-rates.ts'
import { createPopulation } from './people/create-population.ts'
import type { TagCredentials } from './people/read-files.ts'
import { startRun } from './run.ts'
import { createTruthFile } from './truth/create-truth-file.ts'

/** It is three in the morning whenever the test runs: whoever has a curfew is at home, but for who is late. */
const aheadMs = Date.UTC(2026, 0, 14, 3) - Date.now()
const clock = { now: () => systemClock.now() + aheadMs }
const population = {
  wearers: createPopulation(1, 12).wearers.map((wearer, index) => ({
    ...wearer,
    curfew: index < 4 ? { from: '19:00', to: '07:00' } : wearer.curfew,
  })),
}
const logger = createLogger({ name: 'simulator', level: 'silent' })
const isFix = createCheck(FixMessage)
const isEvent = createCheck(DeviceEventMessage)
const isStatus = createCheck(StatusMessage)
const closed = leakCheck()
const folder = mkdtempSync(join(tmpdir(), 'cordon-simulator-'))
let broker: TestBroker
const credentials = new Map<string, TagCredentials>()

interface Heard {
  readonly topic: string
  readonly payload: Buffer
}
let listener: MqttClient
const heard: Heard[] = []

beforeAll(async () => {
  broker = await startTestBroker()
  for (const { tagId } of population.wearers) credentials.set(tagId, await broker.addTag(asId<TagId>(tagId)))
  const { username, password } = broker.ingest
  listener = await connectAsync(broker.url, { clientId: 'cordon.ingest', username, password, protocolVersion: 4 })
  listener.on('message', (topic, payload) => void heard.push({ topic, payload }))
  await listener.subscribeAsync('cordon/v1/tags/+/fixes', { qos: 1 })
  await listener.subscribeAsync('cordon/v1/tags/+/events', { qos: 1 })
  await listener.subscribeAsync('cordon/v1/tags/+/status', { qos: 1 })
})

afterAll(async () => {
  await listener.endAsync()
  await broker.stop()
  rmSync(folder, { recursive: true })
  await closed()
})

interface FixLine {
  readonly tagId: string
  readonly time: number
  readonly seq: number
}

/** A run of some seconds with what was heard of it. */
interface RunCourse {
  readonly troubles?: boolean
  readonly during?: () => Promise<void>
}

async function run(faults: string, seconds: number, { troubles = false, during }: RunCourse = {}) {
  heard.length = 0
  const path = join(mkdtempSync(join(folder, 'run-')), 'truth.jsonl')
  const truth = createTruthFile(path)
  const rates = parseFaultRates(faults)
  if (rates === undefined) throw new Error(faults)
  const running = startRun({
    ...{ population, credentials, truth, logger, clock, random: Math.random },
    config: { seed: 1, interval: 1_000, speed: 1, faults: rates, demoBreaches: true, troubles },
    broker: { url: broker.url, ca: undefined },
  })
  await sleep(seconds * 500)
  await during?.()
  await sleep(seconds * 500)
  await running.stop()
  truth.stop()
  await sleep(200)
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const truths = lines.map(line => JSON.parse(line) as FixLine & { readonly type: string })
  return {
    fixes: truths.filter(({ type }) => type === 'fix').map(identity),
    malformed: truths.filter(({ type }) => type === 'malformed').length,
    events: truths.filter(({ type }) => type === 'event').map(identity),
    absences: truths.filter(({ type }) => type === 'absence'),
  }
}

const identity = ({ tagId, time, seq }: FixLine) => `${tagId} ${time} ${seq}`
const on = (kind: string) => heard.filter(({ topic }) => topic.endsWith(`/${kind}`))

/** Fixes that arrived, as the truth file names them, and messages that are none. */
function received() {
  const fixes = new Set<string>()
  let malformed = 0
  for (const { topic, payload } of on('fixes')) {
    const items = itemsOf(payload)
    if (items.length === 0 || !items.every(isFix)) malformed++
    else for (const fix of items.filter(isFix)) fixes.add(identity(lineOf(topic, fix)))
  }
  return { fixes, malformed }
}

const lineOf = (topic: string, { time, seq = 0 }: Pick<FixMessage, 'time' | 'seq'>): FixLine => ({
  tagId: topic.split('/')[3] ?? '',
  time: typeof time === 'number' ? time : Date.parse(time),
  seq,
})

function itemsOf(payload: Buffer): unknown[] {
  try {
    const value: unknown = JSON.parse(payload.toString())
    return Array.isArray(value) ? value : [value]
  } catch {
    return []
  }
}

describe('a run against a broker', () => {
  it('puts every tag on the air under its own name and writes down exactly what the broker took', async () => {
    const truth = await run('usual', 6)
    const { fixes, malformed } = received()
    expect(new Set(truth.fixes).size).toBe(truth.fixes.length)
    expect(new Set(truth.fixes)).toEqual(fixes)
    expect(truth.malformed).toBe(malformed)
    expect(fixes.size).toBeGreaterThan(12 * 4)
    expect(new Set([...fixes].map(line => line.split(' ')[0])).size).toBe(12)
    const events = on('events').flatMap(({ payload }) => itemsOf(payload))
    expect(events.length).toBeGreaterThan(0)
    expect(events.every(isEvent)).toBe(true)
    expect(truth.events.length).toBe(events.length)
  })

  it('writes down who was away in the hours of a curfew, and every event of every tag', async () => {
    const truth = await run('none', 4, { troubles: true })
    const told = on('events').flatMap(({ topic, payload }) =>
      itemsOf(payload)
        .filter(isEvent)
        .map(event => identity(lineOf(topic, event))),
    )
    expect(new Set(truth.events)).toEqual(new Set(told))
    const bound = new Set(population.wearers.filter(({ curfew }) => curfew !== null).map(({ tagId }) => tagId))
    for (const { tagId } of truth.absences) expect(bound.has(tagId)).toBe(true)
    expect(truth.absences.length).toBeGreaterThanOrEqual(1)
  })

  it('says hello when a tag comes and goodbye when it goes', async () => {
    await run('none', 2)
    for (const { tagId } of population.wearers) {
      const said = on('status').filter(({ topic }) => topic === TOPICS.tagStatus(tagId))
      const statuses = said.flatMap(({ payload }) => itemsOf(payload)).filter(isStatus)
      expect(statuses).toEqual([{ online: true }, { online: false }])
    }
  })

  it('sends a stated share of messages that nobody can read, and says how many', async () => {
    const truth = await run('malformed=0.3', 6)
    const { fixes, malformed } = received()
    expect(malformed).toBeGreaterThan(5)
    expect(truth.malformed).toBe(malformed)
    expect(new Set(truth.fixes)).toEqual(fixes)
  })

  it('keeps what it measures while another client has taken its name, and sends it after', async () => {
    const [thief] = population.wearers
    if (thief === undefined) throw new Error('nobody')
    const own = credentials.get(thief.tagId)
    if (own === undefined) throw new Error('no credentials')
    const during = async () => {
      // A broker closes the older of two connections with one client id (MQTT 3.1.1, 3.1.4-2).
      const other = await connectAsync(broker.url, {
        ...own,
        clientId: own.username,
        protocolVersion: 4,
        reconnectPeriod: 0,
      })
      await other.endAsync()
    }
    const truth = await run('none', 8, { during })
    const mine = truth.fixes.filter(line => line.startsWith(`${thief.tagId} `))
    const times = mine.map(line => Number(line.split(' ')[1])).toSorted((a, b) => a - b)
    for (const [index, time] of times.entries()) {
      const before = times[index - 1]
      if (before !== undefined) expect(time - before).toBe(1_000)
    }
    expect(times.length).toBeGreaterThanOrEqual(7)
    const { fixes } = received()
    for (const line of truth.fixes) expect(fixes.has(line)).toBe(true)
  })
})
