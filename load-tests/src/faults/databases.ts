import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sleep } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { Fault, Scene } from './fault.ts'

const LOCK_SECONDS = 20
const SLOW = { statementSeconds: 5, lastMs: 25_000 }
const FULL_MS = 15_000
/** Holds one fault's fixes many times over. */
const SMALL_MIB = 64

const locked: Fault = {
  name: 'lock-database',
  title: `database: fixes locked against everybody for ${LOCK_SECONDS} s`,
  isQuick: false,
  seconds: LOCK_SECONDS,
  strike: async ({ stack }) => {
    await stack.store.transaction(async inside => {
      await inside.execute('lock table fixes in access exclusive mode')
      await inside.execute(`select pg_sleep(${LOCK_SECONDS})`)
    })
    return undefined
  },
}

const slow: Fault = {
  name: 'slow-database',
  title: `database: every insert takes ${SLOW.statementSeconds} s, for ${SLOW.lastMs / 1_000} s`,
  isQuick: false,
  seconds: SLOW.lastMs / 1_000,
  strike: async ({ stack: { store } }) => {
    await store.execute(`create function slow_down() returns trigger language plpgsql as
      $$ begin perform pg_sleep(${SLOW.statementSeconds}); return null; end $$`)
    await store.execute(
      'create trigger slow_down before insert on fixes for each statement execute function slow_down()',
    )
    await sleep(SLOW.lastMs)
    await store.execute('drop trigger slow_down on fixes')
    await store.execute('drop function slow_down')
    return undefined
  },
}

const full: Fault = {
  name: 'full-database',
  title: `database: no space left for fixes for ${FULL_MS / 1_000} s`,
  isQuick: true,
  seconds: FULL_MS / 1_000 + 5,
  hindrance: () => (process.getuid?.() === 0 ? null : 'a small disk can only be made by root'),
  strike: async scene => {
    const disk = await makeSmallDisk(scene)
    try {
      const ballast = join(disk.dir, 'ballast')
      disk.fill(ballast)
      await sleep(FULL_MS)
      rmSync(ballast)
    } finally {
      await disk.leave()
    }
    return undefined
  },
}

/** A tablespace on a disk of its own in memory, with the fixes of now in it. */
async function makeSmallDisk({ stack: { store, database } }: Scene) {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-small-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_MIB}m`, 'tmpfs', dir])
  const space = join(dir, 'space')
  const { uid, gid } = statSync(`/proc/${database.postmasterPid}`)
  execFileSync('mkdir', [space])
  chownSync(space, uid, gid)
  chmodSync(dir, 0o755)
  await store.execute(`create tablespace small location '${space}'`)
  const tables = await newestTables(store)
  const moveTo = async (where: string) => {
    for (const table of tables) await store.execute(`alter table ${table} set tablespace ${where}`)
  }
  await moveTo('small')
  return {
    dir,
    fill: (file: string) => {
      // until there is no room: the last page is refused, which is what is wanted
      try {
        writeFileSync(file, Buffer.alloc(SMALL_MIB * 1_048_576))
      } catch {
        return
      }
    },
    leave: async () => {
      await moveTo('pg_default')
      await store.execute('drop tablespace small')
      execFileSync('umount', ['-l', dir])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Where fixes of now are written: the chunks of a hypertable, or the table itself. */
async function newestTables(store: Store): Promise<readonly string[]> {
  if (store.edition === 'plain') return ['fixes']
  const rows = await store.query<{ chunk: string }>(`select show_chunks('fixes')::text as chunk`)
  return rows.map(({ chunk }) => chunk)
}

/** The database in trouble of its own. */
export const DATABASES: readonly Fault[] = [full, locked, slow]
