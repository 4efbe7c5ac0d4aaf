import { createHash } from 'node:crypto'
import { claimIdempotencyKey, keepResponse, type Queryable, type Store } from '@cordon/store'
import type { Viewer } from '../sign-in/viewer.ts'
import { Refusal } from './refuse.ts'
import { seal, unseal } from './seal.ts'

export interface Change<Result> {
  readonly viewer: Viewer
  /** Of the `Idempotency-Key` header. */
  readonly key: string | undefined
  /** Method, path and body: what must be the same when a key is used again. */
  readonly request: readonly unknown[]
  readonly status: number
  readonly work: (inside: Queryable, undo: (work: () => Promise<void>) => void) => Promise<Result>
}

/**
 * Makes a change in one transaction. Under an idempotency key it is made once: the same request again gets the same answer, also
 * when both come at the same time (the second waits for the first one's commit).
 */
export async function runChange<Result>(store: Store, change: Change<Result>): Promise<Result> {
  const undone: (() => Promise<void>)[] = []
  try {
    return await store.transaction(async inside => {
      const kept = await findKept<Result>(inside, change)
      if (kept !== undefined) return kept.result
      const result = await change.work(inside, work => undone.push(work))
      await keep(inside, change, result)
      return result
    })
  } catch (error) {
    for (const work of undone.reverse()) await work()
    throw error
  }
}

async function findKept<Result>(
  inside: Queryable,
  { viewer, key, request }: Change<Result>,
): Promise<{ readonly result: Result } | undefined> {
  if (key === undefined) return undefined
  const kept = await claimIdempotencyKey(inside, viewer.name, key)
  if (kept === undefined) return undefined
  if (!kept.fingerprint.equals(fingerprint(request))) {
    throw new Refusal('idempotency-mismatch', 'this key was used for another request', { field: 'Idempotency-Key' })
  }
  const opened = unseal(String(kept.response), viewer.credential.secret)
  if (opened === undefined) {
    throw new Refusal('conflict', 'this request was made before, under another sign-in or token of yours')
  }
  return { result: opened as Result }
}

async function keep<Result>(inside: Queryable, change: Change<Result>, result: Result): Promise<void> {
  const { viewer, key, request, status } = change
  if (key === undefined) return
  const response = seal(result, viewer.credential.secret)
  await keepResponse(inside, viewer.name, key, { fingerprint: fingerprint(request), status, response })
}

const fingerprint = (request: readonly unknown[]): Buffer =>
  createHash('sha256').update(JSON.stringify(request, sortedKeys)).digest()

/** The same object written in another order of members is the same request. */
function sortedKeys(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
