import { sleep } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { PublishedTag } from '../../generator/messages.ts'
import { measureUsage, type Usage } from '../../report/usage.ts'
import { freePort } from '../../stack/free-port.ts'
import type { RegisteredTag } from '../../stack/register.ts'
import type { RunningDatabase } from '../../stack/start-database.ts'
import { startService } from '../../stack/start-service.ts'
import { compareFixes } from '../../verify/compare-fixes.ts'
import { readKept } from '../../verify/read-kept.ts'
import { type PressingTags, pressTags } from './press-tags.ts'
import type { Source } from './sources.ts'

export interface SourceFigures {
  /** Messages of one fix that the tags were acknowledged, a second. */
  readonly acknowledged: number
  /** Fixes that the database committed in the same seconds, a second. */
  readonly committed: number
  /** From the end of these seconds to the last commit; NaN when it never came. */
  readonly drainMs: number
  readonly usage: readonly Usage[]
  /** Committed in these seconds. */
  readonly fixes: number
  readonly lost: number
  readonly doubled: number
  /** Connections of tags that were lost. */
  readonly losses: number
}

export interface MeasureParts {
  readonly database: RunningDatabase
  readonly source: Source
  readonly tags: readonly RegisteredTag[]
}

const WARM_UP_MS = 3_000
const WINDOW_MS = 8_000
const COMMIT_MS = 60_000

/** Tags publish as fast as they are acknowledged, one ingest commits: how much goes through, and at what price. */
export async function measureSource({ database, source, tags }: MeasureParts): Promise<SourceFigures> {
  const env = { ...source.ingestEnv, CORDON_DATABASE_URL: database.url }
  const ingest = await startService({ name: 'ingest', env, opsPort: await freePort(), nodeArgs: [] })
  let pressing: PressingTags | undefined
  try {
    pressing = await pressTags(tags, source.addresses)
    const window = await measureWindow(pressing, [
      { name: 'broker', pids: source.pids },
      { name: 'ingest', pids: [ingest.pid] },
      { name: 'database', pids: [database.postmasterPid], withChildren: true },
    ])
    const published = await pressing.finish()
    const drainMs = (await untilKept(database.store, published)) - window.to
    const { lost, doubled } = compareFixes(published, await readKept(database.store, published))
    const fixes = await countCommitted(database.store, window)
    const seconds = (window.to - window.from) / 1_000
    return {
      ...{ acknowledged: window.acknowledged / seconds, committed: fixes / seconds, drainMs },
      ...{ usage: window.usage, fixes, lost, doubled, losses: pressing.lost() },
    }
  } finally {
    pressing?.end()
    await ingest.stop()
  }
}

interface Window {
  /** Epoch ms. */
  readonly from: number
  readonly to: number
  readonly acknowledged: number
  readonly usage: readonly Usage[]
}

async function measureWindow(pressing: PressingTags, groups: Parameters<typeof measureUsage>[0]): Promise<Window> {
  pressing.begin()
  await sleep(WARM_UP_MS)
  const meter = measureUsage(groups)
  const [from, before] = [Date.now(), pressing.acknowledged()]
  await sleep(WINDOW_MS)
  const [to, after] = [Date.now(), pressing.acknowledged()]
  return { from, to, acknowledged: after - before, usage: meter.stop().groups }
}

/** By the database's own account of its commits. */
async function countCommitted(store: Store, { from, to }: Window): Promise<number> {
  const [row] = await store.query<{ n: number }>(
    `select count(*)::int as n from fixes
      where pg_xact_commit_timestamp(xmin) >= $1 and pg_xact_commit_timestamp(xmin) < $2`,
    [new Date(from), new Date(to)],
  )
  return row?.n ?? 0
}

/** When what was acknowledged was committed, epoch ms; NaN: not within a minute. */
async function untilKept(store: Store, published: readonly PublishedTag[]): Promise<number> {
  const acknowledged = published.reduce((sum, { fixes, unacknowledged }) => sum + fixes - unacknowledged.length, 0)
  for (const deadline = Date.now() + COMMIT_MS; Date.now() < deadline; await sleep(250)) {
    const [row] = await store.query<{ n: number }>(
      `select count(*)::int as n from fixes
        where activation_id in (select id from activations where tag_id = any($1))`,
      [published.map(({ id }) => id)],
    )
    if ((row?.n ?? 0) >= acknowledged) return Date.now()
  }
  return Number.NaN
}
