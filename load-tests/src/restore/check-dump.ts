import { openStore, type Store } from '@cordon/store'
import type { Check } from '../verify/verify.ts'
import type { DatabaseServer } from './archiving-server.ts'
import { checkJudgements } from './check-judgements.ts'
import { differences, digestAll } from './digest.ts'
import { dumpAndRestore } from './dump-and-restore.ts'
import { DATABASE, named, type RehearsalParts } from './rehearsal.ts'
import type { Role } from './tell-story.ts'

/** A dump of the restored database, restored beside it. */
export async function checkDump(
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
