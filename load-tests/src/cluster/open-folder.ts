import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a run keeps what it needs. */
export interface Folder {
  readonly path: string
  stop(): void
}

/** The folder that was asked for, which stays; else one of this run's own, which goes with it. */
export function openFolder(asked: string | undefined): Folder {
  if (asked !== undefined) {
    mkdirSync(asked, { recursive: true })
    return { path: asked, stop: () => undefined }
  }
  const path = mkdtempSync(join(tmpdir(), 'cordon-cluster-'))
  // the database server is another user, and looks in
  chmodSync(path, 0o755)
  return { path, stop: () => rmSync(path, { recursive: true, force: true }) }
}
