import { type Clock, createError, type Logger } from '@cordon/runtime'
import type { RunConfig } from './config.ts'
import { createDemoPlanner } from './life/demo-plan.ts'
import { createDailyPlanner, type ErrandPlanner } from './life/errand-plan.ts'
import type { TagCredentials } from './people/read-files.ts'
import type { Population, Wearer } from './people/wearer.ts'
import { type Broker, type Connection, createConnection } from './tag/create-connection.ts'
import { startTag, type Tag } from './tag/create-tag.ts'
import { createLifeClock } from './tag/life-clock.ts'
import { createDailyTroubles } from './trouble/daily-troubles.ts'
import { createDemoTroubles } from './trouble/demo-troubles.ts'
import { noTroubles, type TroublePlanner } from './trouble/trouble.ts'
import type { TruthFile } from './truth/create-truth-file.ts'

export interface RunOptions {
  readonly config: Pick<RunConfig, 'seed' | 'interval' | 'speed' | 'faults' | 'demoBreaches' | 'troubles'>
  readonly population: Population
  readonly credentials: ReadonlyMap<string, TagCredentials>
  readonly broker: Broker
  readonly truth: TruthFile
  readonly clock: Clock
  readonly random: () => number
  readonly logger: Logger
}

export interface Run {
  stop(): Promise<void>
}

interface Worn {
  readonly connection: Connection
  readonly tag: Tag
}

/** All tags are on the air within this, one after the other: a broker checks a password for each. */
const ON_AIR_WITHIN_MS = 10_000
const REPORT_MS = 60_000

/**
 * Puts a tag on every wearer.
 * @throws CordonError start-failed when there are wearers whose tag has no credentials
 */
export function startRun(options: RunOptions): Run {
  const { clock, logger } = options
  const startedAt = clock.now()
  const planner = plannerOf(options, startedAt)
  const troubles = troublesOf(options, planner, startedAt)
  const wearers = inOrder(options, planner)
  const gapMs = Math.min(50, ON_AIR_WITHIN_MS / wearers.length)
  const worn: Worn[] = []
  const timers = wearers.map(({ wearer, own }, index) => {
    const firstAt = startedAt + Math.round(index * gapMs)
    const start = () => worn.push(putOn(wearer, own, { ...options, planner, troubles, startedAt, firstAt }))
    return setTimeout(start, firstAt - startedAt)
  })
  const report = setInterval(() => logger.info(countsOf(worn), 'tags'), REPORT_MS)
  return {
    stop: async () => {
      for (const timer of timers) clearTimeout(timer)
      clearInterval(report)
      for (const { tag } of worn) tag.stop()
      await Promise.all(worn.map(({ connection }) => connection.stop()))
      logger.info(countsOf(worn), 'tags are off the air')
    },
  }
}

interface Equipped {
  readonly wearer: Wearer
  readonly own: TagCredentials
}

/** Those on an errand already come first. */
function inOrder({ population, credentials }: RunOptions, { underWay }: ErrandPlanner): Equipped[] {
  const equipped = population.wearers.flatMap(wearer => {
    const own = credentials.get(wearer.tagId)
    return own === undefined ? [] : [{ wearer, own }]
  })
  const missing = population.wearers.length - equipped.length
  if (missing > 0) throw createError('start-failed', `${missing} tags of the population have no credentials`)
  const isFirst = ({ wearer }: Equipped) => underWay.has(wearer.tagId)
  return [...equipped.filter(isFirst), ...equipped.filter(each => !isFirst(each))]
}

function plannerOf({ config, population }: RunOptions, startedAt: number): ErrandPlanner {
  const options = { seed: config.seed, wearers: population.wearers }
  return config.demoBreaches ? createDemoPlanner({ ...options, startedAt }) : createDailyPlanner(options)
}

function troublesOf(
  { config, population: { wearers } }: RunOptions,
  { underWay }: ErrandPlanner,
  startedAt: number,
): TroublePlanner {
  if (!config.troubles) return noTroubles
  const { seed } = config
  return config.demoBreaches
    ? createDemoTroubles({ seed, wearers, startedAt, busy: underWay })
    : createDailyTroubles(seed)
}

interface Started extends RunOptions {
  readonly planner: ErrandPlanner
  readonly troubles: TroublePlanner
  readonly startedAt: number
  readonly firstAt: number
}

function putOn(
  wearer: Wearer,
  own: TagCredentials,
  { config, planner, troubles, startedAt, firstAt, ...parts }: Started,
): Worn {
  const { clock, truth } = parts
  const connection = createConnection({ ...parts, tagId: wearer.tagId, credentials: own })
  const tag = startTag({
    ...{ wearer, planner, troubles, connection, clock, truth, startedAt, firstAt },
    ...{ seed: config.seed, intervalMs: config.interval, rates: config.faults },
    lifeClock: createLifeClock(startedAt, config.speed),
  })
  return { connection, tag }
}

function countsOf(worn: readonly Worn[]) {
  const counts = { connected: 0, acknowledged: 0, waiting: 0, forgotten: 0 }
  for (const { connection, tag } of worn) {
    const { waiting, forgotten } = connection.kept()
    counts.connected += connection.connected() ? 1 : 0
    counts.acknowledged += tag.acknowledged()
    counts.waiting += waiting
    counts.forgotten += forgotten
  }
  return counts
}
