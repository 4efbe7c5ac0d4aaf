import { createError } from '@cordon/runtime'

/** The HTTP interface as any client has it: the demonstration uses nothing that a stranger could not. */
export interface RegisterApi {
  /** `key` names the thing that is made: asked for again, also by a later start, it is the same thing. */
  post<T>(path: string, key: string, body: object): Promise<T>
}

export interface RegisterApiOptions {
  readonly base: string
  readonly token: string
  /** Of one attempt to make everything, however often it is begun anew. */
  readonly attempt: string
  readonly given: AbortSignal
}

export function createRegisterApi({ base, token, attempt, given }: RegisterApiOptions): RegisterApi {
  return {
    post: async <T>(path: string, key: string, body: object): Promise<T> => {
      const response = await fetch(`${base}/api/v1${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': encodeURIComponent(`${attempt}.${key}`),
        },
        body: JSON.stringify(body),
        signal: given,
      })
      if (!response.ok) {
        throw createError('start-failed', `POST ${path} answered ${response.status}: ${await response.text()}`)
      }
      return (await response.json()) as T
    },
  }
}

/** Runs `work` for each item, so many at a time. */
export async function forEachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
