import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createLifecycle, type Lifecycle, type Logger } from '@cordon/runtime'
import { migrate, openStore, type Store } from '@cordon/store'
import { planTags, type RegisteredTag, registerAll } from '../stack/register.ts'
import { runServices } from '../stack/run-services.ts'
import { type RunningBroker, startRealBroker } from '../stack/start-broker.ts'
import type { Check } from '../verify/verify.ts'
import {
  archiveAll,
  type DatabaseServer,
  restoreServer,
  startArchivingServer,
  takeBaseBackup,
} from './archiving-server.ts'
import { differences, digestAll, digestWrittenOnce } from './digest.ts'
import { dumpAndRestore } from './dump-and-restore.ts'
import { judgeAgain } from './judge-again.ts'
import { type Role, tellStory } from './tell-story.ts'

export interface RehearsalParts {
  readonly lifecycle: Lifecycle
  readonly logger: Logger
  /** Downloads, data, backup and archive. */
  readonly dir: string
  readonly say: (line: string) => void
}

const DATABASE = 'cordon_rehearsal'
const BEFORE_S = 40
const BACKUP_AT_S = 3
const AFTER_S = 12
/** Of six wearers three enter before the instant that is restored and one after it; two never do. */
const ENTRIES = [10, 10, 14, 30, null, null] as const
const INSTANT_AT_S = 26

interface Scene {
  readonly broker: RunningBroker
  readonly roles: readonly Role[]
  readonly first: DatabaseServer
  readonly archive: string
  readonly backup: string
}

interface Lost {
  /** The instant to be restored, as the database writes it. */
  readonly instant: string
  readonly writtenBefore: Awaited<ReturnType<typeof digestWrittenOnce>>
  readonly fixes: number
}

/** Loses a database and has it back as it was at an instant; what must then hold. */
export async function rehearse(parts: RehearsalParts): Promise<readonly Check[]> {
  const { lifecycle, dir, say } = parts
  for (const folder of ['archive', 'backup', 'restored', 'first/run'])
    rmSync(join(dir, folder), { recursive: true, force: true })
  const scene = await setScene(parts)
  const lost = await loseDatabase(parts, scene)
  say(`restoring as of ${lost.instant}`)
  const { backup, archive, first } = scene
  const restored = await lifecycle.start('restored database', async () => {
    const server = await restoreServer(join(dir, 'restored'), { from: first, backup, archive, instant: lost.instant })
    return { ...server, stop: () => server.stop('immediate') }
  })
  const server: DatabaseServer = { ...restored, stop: mode => first.stop(mode) }
  const store = await openStore({
    url: named(server.url, DATABASE),
    applicationName: 'rehearsal',
    poolSize: 2,
    logger: parts.logger,
  })
  try {
    return [
      ...(await checkRestored(store, lost)),
      await checkJudgements(named(server.url, DATABASE), scene.roles, 'the restored database'),
      ...(await checkDump(parts, server, { store, roles: scene.roles })),
      ...(await checkGoesOn(parts, scene, store)),
    ]
  } finally {
    await store.close()
  }
}

async function setScene({ lifecycle, logger, dir, say }: RehearsalParts): Promise<Scene> {
  say('starting TimescaleDB with an archive of its log')
  const archive = join(dir, 'archive')
  const server = await startArchivingServer(join(dir, 'first'), archive)
  const first = await lifecycle.start('first database', () => ({ ...server, stop: () => server.stop('immediate') }))
  const tags = planTags(ENTRIES.length)
  await prepare(named(first.url, DATABASE), first.url, { logger, tags })
  const broker = await lifecycle.start('broker', () => startRealBroker(tags, logger))
  const roles = tags.map((tag, index) => ({ tag, entersAt: ENTRIES[index] ?? null }))
  return { broker, roles, first: server, archive, backup: join(dir, 'backup') }
}

async function prepare(
  url: string,
  adminUrl: string,
  { logger, tags }: { readonly logger: Logger; readonly tags: readonly RegisteredTag[] },
): Promise<void> {
  const admin = await openStore({ url: adminUrl, applicationName: 'rehearsal', poolSize: 1, logger })
  await admin.execute(`create database ${DATABASE}`)
  await admin.close()
  await migrate({ url, logger })
  const store = await openStore({ url, applicationName: 'rehearsal', poolSize: 1, logger })
  await registerAll(store, tags, { tags: tags.length, zones: 2, vertices: 32 })
  await store.close()
}

/** Wearers walk while a backup is taken; some time later the server is gone, and only backup and archive are left. */
async function loseDatabase(parts: RehearsalParts, scene: Scene): Promise<Lost> {
  const { logger, say } = parts
  const { broker, roles, first, archive, backup } = scene
  const databaseUrl = named(first.url, DATABASE)
  const store = await openStore({ url: databaseUrl, applicationName: 'rehearsal', poolSize: 2, logger })
  const services = await startServices(parts, databaseUrl, broker)
  let instant = ''
  let taken: Promise<void> = Promise.resolve()
  await tellStory(roles, {
    ...{ host: broker.host, port: broker.port, seconds: BEFORE_S, from: 0 },
    everySecond: async second => {
      if (second === BACKUP_AT_S) taken = takeBaseBackup(first, backup)
      taken.catch(() => undefined) // waited for below
      if (second === INSTANT_AT_S) instant = await readInstant(store)
    },
  })
  await taken
  await services.stop('the first part is over')
  const writtenBefore = await digestWrittenOnce(store, instant)
  const fixes = await countFixes(store)
  await archiveAll(store, archive)
  await store.close()
  say('the database server is lost')
  await first.stop('immediate')
  return { instant, writtenBefore, fixes }
}

/** In a lifecycle of their own: they end while everything else goes on. */
async function startServices({ logger, say }: RehearsalParts, databaseUrl: string, broker: RunningBroker) {
  const lifecycle = createLifecycle(logger)
  await runServices({ databaseUrl, broker, say, lifecycle, nodeArgs: [] })
  return lifecycle
}

async function checkRestored(store: Store, lost: Lost): Promise<readonly Check[]> {
  const different = differences(lost.writtenBefore, await digestWrittenOnce(store))
  const fixes = await countFixes(store)
  const [row] = await store.query<{ readonly wrong: number; readonly raised: number }>(`
    select count(*) filter (where to_jsonb(i) <> last.incident)::int as wrong, count(*)::int as raised
      from incidents i cross join lateral (
        select incident from incident_changes c where c.incident_id = i.id order by cursor desc limit 1) last`)
  const { wrong = -1, raised = 0 } = row ?? {}
  return [
    {
      name: 'the rows are those that were committed by the instant, no more and no fewer',
      isMet: different.length === 0 && fixes > 0 && fixes < lost.fixes,
      detail: different.join('; ') || `${fixes} fixes of the ${lost.fixes} that there were when the server was lost`,
    },
    {
      name: 'incidents are as their log says that they last were',
      isMet: wrong === 0 && raised === ENTRIES.filter(at => at !== null && at < INSTANT_AT_S).length,
      detail: `${raised} incidents, ${wrong} otherwise`,
    },
  ]
}

async function checkJudgements(databaseUrl: string, roles: readonly Role[], where: string): Promise<Check> {
  const said: string[] = []
  const failed: string[] = []
  for (const { tag } of roles) {
    await judgeAgain(databaseUrl, tag.id).then(
      line => said.push(line),
      (error: unknown) => failed.push(`${tag.id}: ${String(error)}`),
    )
  }
  return {
    name: `every judgement in ${where} comes out the same when it is made again`,
    isMet: failed.length === 0,
    detail: failed.join('; ') || said.join('; '),
  }
}

async function checkDump(
  { dir, logger, say }: RehearsalParts,
  server: DatabaseServer,
  { store, roles }: { readonly store: Store; readonly roles: readonly Role[] },
): Promise<readonly Check[]> {
  say('dumping it, and restoring the dump')
  const into = `${DATABASE}_dump`
  await dumpAndRestore({ server, database: DATABASE, into, dir, admin: store })
  const copy = await openStore({ url: named(server.url, into), applicationName: 'rehearsal', poolSize: 1, logger })
  const different = differences(await digestAll(store), await digestAll(copy))
  const [chunks] = await copy.query<{ readonly count: number }>(
    `select count(*)::int as count from timescaledb_information.chunks where hypertable_name = 'fixes'`,
  )
  await copy.close()
  return [
    {
      name: 'a dump that is restored holds the same rows in every table, fixes as a hypertable',
      isMet: different.length === 0 && (chunks?.count ?? 0) > 0,
      detail: different.join('; ') || `${chunks?.count ?? 0} chunks`,
    },
    await checkJudgements(named(server.url, into), roles, 'the restored dump'),
  ]
}

/** Whoever stood in a zone still does; who entered after the instant is not known of any more, and is found there. */
async function checkGoesOn(parts: RehearsalParts, scene: Scene, store: Store): Promise<readonly Check[]> {
  const { broker, roles } = scene
  const [server] = await store.query<{ readonly port: string }>(`select current_setting('port') as port`)
  const databaseUrl = `postgres://postgres@127.0.0.1:${server?.port ?? ''}/${DATABASE}`
  const before = await countFixes(store)
  const services = await startServices(parts, databaseUrl, broker)
  const published = await tellStory(roles, { host: broker.host, port: broker.port, seconds: AFTER_S, from: BEFORE_S })
  await services.stop('the second part is over')
  const kept = (await countFixes(store)) - before
  const rows = await store.query<{ readonly reference: string; readonly raised: number }>(`
    select w.reference, count(i.id)::int as raised from wearers w left join incidents i on i.wearer_id = w.id and i.kind = 'exclusion-breach'
     group by w.reference`)
  const raised = new Map(rows.map(row => [row.reference, row.raised]))
  const wrong = roles.filter(({ tag, entersAt }) => raised.get(tag.id) !== (entersAt === null ? 0 : 1))
  return [
    {
      name: 'ingest goes on with it: every further fix is kept',
      isMet: kept === published,
      detail: `${kept} of ${published}`,
    },
    {
      name: 'nothing is raised twice: one breach of each wearer who is in a zone',
      isMet: wrong.length === 0,
      detail: roles.map(({ tag }) => `${tag.id} ${raised.get(tag.id) ?? 0}`).join(', '),
    },
  ]
}

async function readInstant(store: Store): Promise<string> {
  const [row] = await store.query<{ readonly instant: string }>('select clock_timestamp()::text as instant')
  return row?.instant ?? ''
}

async function countFixes(store: Store): Promise<number> {
  const [row] = await store.query<{ readonly count: number }>('select count(*)::int as count from fixes')
  return row?.count ?? 0
}

const named = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href
