import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '@cordon/store'
import type { Check } from '../verify/verify.ts'
import { restoreServer } from './archiving-server.ts'
import { checkDump } from './check-dump.ts'
import { checkGoesOn } from './check-goes-on.ts'
import { checkJudgements } from './check-judgements.ts'
import { checkRestored } from './check-restored.ts'
import { loseDatabase } from './lose-database.ts'
import { DATABASE, named, type RehearsalParts } from './rehearsal.ts'
import { setScene } from './set-scene.ts'

/** Loses a database and has it back as it was at an instant; what must then hold. */
export async function rehearse(parts: RehearsalParts): Promise<readonly Check[]> {
  const { lifecycle, dir, say } = parts
  for (const folder of ['archive', 'backup', 'restored', 'first/run'])
    rmSync(join(dir, folder), { recursive: true, force: true })
  const scene = await setScene(parts)
  const lost = await loseDatabase(parts, scene)
  say(`restoring as of ${lost.instant}`)
  const { backup, archive, first } = scene
  const { server } = await lifecycle.start('restored database', async () => {
    const server = await restoreServer(join(dir, 'restored'), { from: first, backup, archive, instant: lost.instant })
    return { server, stop: () => server.stop('immediate') }
  })
  const url = named(server.url, DATABASE)
  const store = await openStore({ url, applicationName: 'rehearsal', poolSize: 2, logger: parts.logger })
  try {
    return [
      ...(await checkRestored(store, lost)),
      await checkJudgements(url, scene.roles, 'the restored database'),
      ...(await checkDump(parts, server, { store, roles: scene.roles })),
      ...(await checkGoesOn(parts, scene, { store, databaseUrl: url })),
    ]
  } finally {
    await store.close()
  }
}
