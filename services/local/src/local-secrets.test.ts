import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createError, isCordonError } from '@cordon/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { explain } from './explain.ts'
import { readLocalSecrets } from './local-secrets.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cordon-local-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const failureOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('readLocalSecrets', () => {
  it('makes them once, for the owner’s eyes only', () => {
    const dataDir = join(dir, 'not', 'there', 'yet')
    const made = readLocalSecrets(dataDir)
    expect(made.adminToken.length).toBeGreaterThanOrEqual(32)
    expect(readLocalSecrets(dataDir)).toEqual(made)
    expect(readdirSync(dataDir)).toEqual(['secrets.json'])
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
  })

  it.each(['{', '{}', '{"adminToken": 5, "operatorPassword": "x"}', 'null'])(
    'says that a file holding %s is of no use',
    text => {
      writeFileSync(join(dir, 'secrets.json'), text)
      const failure = failureOf(() => readLocalSecrets(dir))
      expect(isCordonError(failure, 'data-dir-unusable')).toBe(true)
      expect(String(failure)).toContain('secrets.json')
    },
  )

  it('says that the data directory cannot be used', () => {
    writeFileSync(join(dir, 'file'), '')
    expect(
      isCordonError(
        failureOf(() => readLocalSecrets(join(dir, 'file', 'data'))),
        'data-dir-unusable',
      ),
    ).toBe(true)
  })
})

describe('explain', () => {
  it('gives the innermost reason, what to do, and the code', () => {
    const cause = createError('data-dir-in-use', 'it is in use by the process 7')
    const text = explain(createError('start-failed', 'database did not start: it is in use', { cause }))
    expect(text).toMatch(/^it is in use by the process 7\n\nStop the process[\s\S]*data-dir-in-use/)
  })

  it('gives the message of any other error', () => {
    expect(explain(new Error('--x is not known'))).toBe('--x is not known')
    expect(explain('thrown')).toBe('thrown')
  })
})
