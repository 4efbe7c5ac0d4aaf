import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseUser } from './choose-user.ts'
import { findBinaries } from './find-binaries.ts'

const isRoot = process.getuid?.() === 0

async function choose(path: string | undefined) {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-user-'))
  const before = process.env.PATH
  if (path !== undefined) process.env.PATH = path
  try {
    return await chooseUser(findBinaries(), dir)
  } finally {
    process.env.PATH = before
    rmSync(dir, { recursive: true })
  }
}

describe('chooseUser', () => {
  it.runIf(!isRoot)('changes nothing for an ordinary user', async () => {
    expect(await choose(undefined)).toEqual({ prefix: [] })
  })

  it.runIf(isRoot)('finds a way for root', async () => {
    expect((await choose(undefined)).prefix[0]).toMatch(/^(setpriv|unshare)$/)
  })

  it.runIf(isRoot)('names every way that was tried when none works', async () => {
    await expect(choose('/nowhere')).rejects.toMatchObject({
      code: 'database-user-refused',
      message: expect.stringMatching(/setpriv: .*; unshare: .*; setpriv: /),
    })
  })
})
