import { CordonError, type ErrorCode } from '@cordon/runtime'

export interface RefusalParts {
  /** JSON pointer or parameter name. */
  readonly field?: string | undefined
  readonly problems?: readonly { readonly field: string; readonly detail: string }[] | undefined
  /** Who has the incident. */
  readonly owner?: string | undefined
  /** Seconds after which the same request may do better: the Retry-After header. */
  readonly retryAfterS?: number | undefined
  readonly cause?: unknown
}

/** A request that is answered with a problem document. `detail` goes to the client. */
export class Refusal extends CordonError {
  override readonly name = 'Refusal'
  readonly problems: RefusalParts['problems']
  readonly owner: string | undefined
  readonly retryAfterS: number | undefined

  constructor(code: ErrorCode, detail: string, { field, problems, owner, retryAfterS, cause }: RefusalParts = {}) {
    super(code, detail, { field, cause })
    this.problems = problems
    this.owner = owner
    this.retryAfterS = retryAfterS
  }
}

export const notFound = (what: string): Refusal => new Refusal('not-found', `there is no such ${what}`)

/** The item of a list that was asked for one id, or the answer for "not there, or not for you". */
export function foundItem<Item>({ items }: { readonly items: readonly Item[] }, what: string): Item {
  const [item] = items
  if (item === undefined) throw notFound(what)
  return item
}
