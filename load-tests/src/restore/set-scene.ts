import { join } from 'node:path'
import { migrate, openStore } from '@cordon/store'
import { planTags, type RegisteredTag, registerAll } from '../stack/register.ts'
import { startRealBroker } from '../stack/start-broker.ts'
import { startArchivingServer } from './archiving-server.ts'
import { DATABASE, ENTRIES, named, type RehearsalParts, type Scene } from './rehearsal.ts'

/** A database whose log is archived, a broker, and six wearers with their zones. */
export async function setScene({ lifecycle, logger, dir, say }: RehearsalParts): Promise<Scene> {
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
  { logger, tags }: { readonly logger: RehearsalParts['logger']; readonly tags: readonly RegisteredTag[] },
): Promise<void> {
  const admin = await openStore({ url: adminUrl, applicationName: 'rehearsal', poolSize: 1, logger })
  await admin.execute(`create database ${DATABASE}`)
  await admin.close()
  await migrate({ url, logger })
  const store = await openStore({ url, applicationName: 'rehearsal', poolSize: 1, logger })
  await registerAll(store, tags, { tags: tags.length, zones: 2, vertices: 32 })
  await store.close()
}
