import type { Problem } from '@cordon/contract'

/** A refusal by the server: an RFC 9457 problem document. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  /** Who has the incident, when that is why it was refused. */
  readonly owner: string | undefined

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}`)
    this.name = 'ApiProblem'
    this.status = status
    this.code = problem.code ?? 'unknown'
    this.owner = problem.owner
  }
}

export type Query = Readonly<Record<string, string | number | undefined>>
type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null }

type Sent = { readonly method?: string; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }

export type Api = ReturnType<typeof createApi>

/** The HTTP interface as the console uses it. `onSignedOut` is called when a session has ended (401). */
export function createApi(onSignedOut: () => void) {
  async function request<Answer>(path: string, init: Sent = {}): Promise<Answer> {
    const headers = { accept: 'application/json', ...init.headers }
    const response = await fetch(`/api/v1${path}`, { credentials: 'same-origin', ...init, headers })
    if (response.status === 401) onSignedOut()
    if (!response.ok) throw new ApiProblem(response.status, await readProblem(response))
    return response.status === 204 ? (undefined as Answer) : ((await response.json()) as Answer)
  }

  /** Every page of a list, one after another. */
  async function list<Item>(path: string, query: Query = {}): Promise<Item[]> {
    const items: Item[] = []
    let cursor: string | undefined
    do {
      const page: Page<Item> = await request(path + queryString({ limit: 1000, ...query, cursor }))
      items.push(...page.items)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return items
  }

  return {
    read: <Answer>(path: string, query: Query = {}) => request<Answer>(path + queryString(query)),
    list,
    send: <Answer>(path: string, body: unknown) =>
      request<Answer>(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
      }),
    remove: (path: string) => request<void>(path, { method: 'DELETE' }),
  }
}

function queryString(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

async function readProblem(response: Response): Promise<Partial<Problem>> {
  const isProblem = response.headers.get('content-type')?.includes('json') === true
  return isProblem ? ((await response.json()) as Partial<Problem>) : {}
}

/** Not `randomUUID`, which browsers offer on https and localhost only. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}
