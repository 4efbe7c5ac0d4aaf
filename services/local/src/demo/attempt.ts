import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const DAY_MS = 86_400_000

export interface Attempt {
  readonly attempt: string
  readonly from: string
}

/** A start that was stopped while it made the wearers is gone on with: the same requests again, under the same keys. */
export function readAttempt(file: string): Attempt {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Attempt
  const made = { attempt: randomUUID(), from: new Date(Date.now() - DAY_MS).toISOString() }
  writeWhole(file, made)
  return made
}

/** Written whole or not at all. */
export function writeWhole(file: string, content: object): void {
  writeFileSync(`${file}.part`, JSON.stringify(content), { mode: 0o600 })
  renameSync(`${file}.part`, file)
}
