import { readFile } from 'node:fs/promises'
import type { OrderId, WearerId } from '@cordon/contract'
import {
  aCondition,
  anActivation,
  anOrder,
  aTag,
  aZone,
  type Collector,
  createTestDatabase,
  findSecrets,
  STORY_SECRETS,
  startCollector,
  startTestBroker,
  type TestBroker,
  type TestDatabase,
} from '@cordon/testkit'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type StartedIngest, startIngest, until } from './testing/start-ingest.ts'

const { wearerName, reference, zoneName, tagId, lat, lon } = STORY_SECRETS
const lines: string[] = []
const payloads: string[] = []
let database: TestDatabase
let broker: TestBroker
let collector: Collector
let ingest: StartedIngest
let scraped = ''

const count = async (sql: string) => Number((await database.store.query<{ n: string }>(sql))[0]?.n)

/** Someone with a zone round the place where the story is. */
async function aPerson(): Promise<void> {
  const { store } = database
  const sql = 'insert into wearers (name, reference) values ($1, $2) returning id'
  const [row] = await store.query<{ id: WearerId }>(sql, [wearerName, reference])
  const wearerId = row?.id ?? ('' as WearerId)
  const orderId: OrderId = await anOrder(store, wearerId)
  await aTag(store, { id: tagId, password: STORY_SECRETS.tagPassword })
  await anActivation(store, wearerId, tagId as Parameters<typeof anActivation>[2])
  const geometry = { type: 'Circle' as const, center: [lon, lat] as [number, number], radius: 300 }
  await aCondition(store, orderId, await aZone(store, { name: zoneName, geometry }))
}

/** What a database may say of a row: the whole of it, or the value that it could not read. */
async function breakTheTable(): Promise<void> {
  const { store } = database
  await store.execute(`create function refuse_fix() returns trigger language plpgsql as $$
    begin
      if new.seq = 666 then perform ('at ' || new.lat || ' ' || new.lon)::int; end if;
      return new;
    end $$`)
  await store.execute('create trigger refuse_fix before insert on fixes for each row execute function refuse_fix()')
  await store.execute('alter table fixes add constraint no_such_fix check (seq <> 667)')
}

async function tellTheStory(): Promise<void> {
  await aPerson()
  await breakTheTable()
  const { password } = await broker.addTag(tagId)
  const client = await connectAsync(broker.url, { username: tagId, password, clientId: tagId, protocolVersion: 4 })
  const send = async (said: unknown) => {
    const payload = typeof said === 'string' ? said : JSON.stringify(said)
    payloads.push(payload)
    await client.publishAsync(`cordon/v1/tags/${tagId}/fixes`, payload, { qos: 1 })
  }
  const fix = (ago: number, seq: number) => ({ time: Date.now() - ago * 60_000, seq, lat, lon, accuracy: 6 })
  for (const [seq, ago] of [35, 25, 15, 5].entries()) await send(fix(ago, seq))
  await send(`{"lat": ${lat}, "name": "${wearerName}"`)
  await send({ ...fix(1, 9), lat: `${lat}`, note: STORY_SECRETS.note })
  await send(fix(3, 666))
  await send(fix(2, 667))
  await until(async () => (await count('select count(*) as n from incidents')) > 0, 'an incident is raised')
  await until(
    async () => (await count("select count(*) as n from quarantine where code = 'poison'")) === 2,
    'two messages are poison',
  )
  await client.endAsync(true)
  scraped = await (await fetch(`${ingest.opsUrl}/metrics`)).text()
}

beforeAll(async () => {
  ;[database, broker, collector] = await Promise.all([createTestDatabase(), startTestBroker(), startCollector()])
  ingest = await startIngest(database, broker, {
    env: { CORDON_LOG_LEVEL: 'info', CORDON_TRACES_URL: collector.url },
    onLine: line => lines.push(line),
  })
  await tellTheStory()
  await ingest.stop()
}, 180_000)
afterAll(async () => {
  await collector.stop()
  await broker.stop()
  await database.drop()
})

describe('a story of bad messages and a database that quotes rows', () => {
  it('leaves no name, reference, coordinate, password or payload in the log at its default level', () => {
    const log = lines.join('\n')
    expect(log).toContain('"level":"info"')
    // the errors were logged, and logged so that they can be found
    expect(log).toContain('a batch was not kept')
    expect(log).toMatch(/no_such_fix|22P02/)
    expect(findSecrets(log, payloads)).toEqual([])
  })

  it('leaves none in the traces', () => {
    expect(collector.spans().length).toBeGreaterThan(10)
    expect(findSecrets(collector.text(), payloads)).toEqual([])
  })

  it('leaves none in the metrics', () => {
    expect(findSecrets(scraped, payloads)).toEqual([])
  })
})

describe('traces of ingest', () => {
  it('have a batch with its stages, and the statements of its transaction within persist', () => {
    const spans = collector.spans()
    const persist = spans.filter(({ name }) => name === 'persist')
    const inserts = spans.filter(({ name }) => name === 'sql insert-fixes')
    const commits = spans.filter(({ name }) => name === 'sql commit')
    expect(inserts.length).toBeGreaterThan(0)
    for (const { parentSpanId } of inserts) expect(persist.map(({ spanId }) => spanId)).toContain(parentSpanId)
    expect(commits.some(({ parentSpanId }) => persist.some(({ spanId }) => spanId === parentSpanId))).toBe(true)
    const traceId = persist[0]?.traceId
    const names = new Set(spans.filter(span => span.traceId === traceId).map(({ name }) => name))
    for (const name of ['batch', 'decode', 'evaluate', 'persist', 'publish', 'rewind']) expect(names).toContain(name)
  })

  it('say at which place in the incident log a batch wrote', async () => {
    const cursors = await database.store.query<{ cursor: string }>('select cursor from incident_changes')
    const told = collector
      .spans()
      .flatMap(({ attributes }) =>
        attributes.filter(({ key }) => key === 'cursor').map(({ value }) => value.stringValue),
      )
    expect(cursors.map(({ cursor }) => cursor)).toContain(told[0])
  })
})

describe('metrics of ingest', () => {
  it('are those of its page, in the running process', async () => {
    const page = await readFile(new URL('../../../docs/metrics/ingest.md', import.meta.url), 'utf8')
    const described = [...page.matchAll(/^\| `(cordon_\w+)`/gm)].map(([, name]) => name)
    const answered = [...scraped.matchAll(/^# TYPE (cordon_\w+)/gm)].map(([, name]) => name)
    expect(new Set(answered)).toEqual(new Set(described))
  })

  it('tell what the story was', () => {
    for (const line of [
      'cordon_rejections_total{code="poison",service="ingest"} 2',
      'cordon_rejections_total{code="not-json",service="ingest"} 1',
      'cordon_fixes_new_total{service="ingest"} 4',
      'cordon_incident_changes_total{change="raised",service="ingest"} 1',
      'cordon_queue_limit{queue="hold",service="ingest"} 10000',
      'cordon_broker_away_seconds{service="ingest"} 0',
      'cordon_activations{service="ingest"} 1',
    ])
      expect(scraped).toContain(line)
    expect(scraped).toMatch(/cordon_database_errors_total\{class="2[23]",service="ingest"\} [1-9]/)
    expect(scraped).toMatch(/cordon_batches_failed_total\{service="ingest"\} [1-9]/)
  })

  it('have few values of each label', () => {
    const series = new Map<string, number>()
    for (const [, name = ''] of scraped.matchAll(/^(cordon_\w+?)(?:_bucket|_sum|_count)?\{/gm))
      series.set(name, (series.get(name) ?? 0) + 1)
    // the histogram of five stages has the most
    expect(Math.max(...series.values())).toBeLessThan(120)
  })
})
