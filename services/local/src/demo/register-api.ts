import { createError } from '@cordon/runtime'

/** The HTTP interface as any client has it: the demonstration uses nothing that a stranger could not. */
export interface RegisterApi {
  post<T>(path: string, body: object): Promise<T>
}

export function createRegisterApi(base: string, token: string): RegisterApi {
  return {
    post: async <T>(path: string, body: object): Promise<T> => {
      const response = await fetch(`${base}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
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
