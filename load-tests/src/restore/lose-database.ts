import { openStore, type Store } from '@cordon/store'
import { archiveAll, takeBaseBackup } from './archiving-server.ts'
import { digestWrittenOnce } from './digest.ts'
import {
  BEFORE_S,
  countFixes,
  DATABASE,
  INSTANT_AT_S,
  type Lost,
  named,
  type RehearsalParts,
  type Scene,
} from './rehearsal.ts'
import { serve } from './serve.ts'
import { tellStory } from './tell-story.ts'

const BACKUP_AT_S = 3

/** Wearers walk while a backup is taken; some time later the server is gone, and only backup and archive are left. */
export async function loseDatabase(parts: RehearsalParts, scene: Scene): Promise<Lost> {
  const { logger, say } = parts
  const { broker, roles, first, archive, backup } = scene
  const databaseUrl = named(first.url, DATABASE)
  const store = await openStore({ url: databaseUrl, applicationName: 'rehearsal', poolSize: 2, logger })
  const services = await serve(parts, databaseUrl, broker)
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

async function readInstant(store: Store): Promise<string> {
  const [row] = await store.query<{ readonly instant: string }>('select clock_timestamp()::text as instant')
  return row?.instant ?? ''
}
