import { statSync } from 'node:fs'
import { createError } from '@cordon/runtime'
import type { PostgresBinaries } from './find-binaries.ts'
import { runCommand } from './run-command.ts'

/** As whom PostgreSQL's programs run. */
export interface PostgresUser {
  /** Words in front of the command. */
  readonly prefix: readonly string[]
  /** To whom the data directory must belong, when it is not this process's own user. */
  readonly owner?: { readonly uid: number; readonly gid: number }
}

/** The user that owns nothing. PostgreSQL wants one that has a name. */
const NOBODY = 65_534

/**
 * PostgreSQL refuses to run as root, and root is who runs continuous integration and many containers. As an ordinary user
 * there is nothing to choose. As root these ways are tried in order, and the first that lets `initdb --show` find and read
 * all it needs is taken (14 ms each; it is the very check that `initdb` and `postgres` make at their start):
 *
 * 1. `setpriv` to another user who keeps one capability, CAP_DAC_OVERRIDE: reads and enters what only root may, e.g. a
 *    checkout below a directory of mode 0700. The securebit matters: PostgreSQL looks for its own files with access(2),
 *    which ignores the capabilities of a user other than root unless `no_setuid_fixup` is set. Works with the
 *    capabilities that a Docker container has by default.
 * 2. `unshare --user`: a user namespace in which root is shown as another user. Files stay root's. Container engines
 *    usually forbid it.
 * 3. `setpriv` without any capability: for a checkout and a data directory that everybody can reach.
 */
export async function chooseUser(binaries: PostgresBinaries, dataDir: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const refusals: string[] = []
  for (const user of rootsChoices(dataDir)) {
    const { code, output } = await runCommand([...user.prefix, binaries.initdb, '--show', `--pgdata=${dataDir}/none`])
    if (code === 0) return user
    refusals.push(`${user.prefix[0]}: ${output.trim().split('\n').at(-1)}`)
  }
  const detail = `PostgreSQL refuses to run as root, and no other user can reach its files (${refusals.join('; ')})`
  throw createError('database-user-refused', detail)
}

function rootsChoices(dataDir: string): PostgresUser[] {
  // A data directory that an ordinary user made stays that user's, so that they can go on without root.
  const { uid, gid } = statSync(dataDir)
  const owner = uid === 0 ? { uid: NOBODY, gid: NOBODY } : { uid, gid }
  const become = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups']
  const keep = ['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override', '--securebits=+no_setuid_fixup']
  return [
    { prefix: [...become, ...keep, '--bounding-set=-all,+dac_override'], owner },
    { prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`], owner: { uid: 0, gid: 0 } },
    { prefix: [...become, '--inh-caps=-all', '--bounding-set=-all'], owner },
  ]
}
