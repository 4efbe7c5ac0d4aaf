import { Refusal } from '../http/refuse.ts'

/** Half open: [from, to). An end that is not after the beginning is a slip. */
export function checkPeriod({ from, to }: { readonly from: string; readonly to?: string | undefined }): void {
  if (to === undefined || Date.parse(to) > Date.parse(from)) return
  throw new Refusal('invalid-body', '`to` must be later than `from`', { field: '/to' })
}

/** The same of a query, in which either end may be left out. */
export function checkSpan({
  from,
  to,
}: {
  readonly from?: string | undefined
  readonly to?: string | undefined
}): void {
  if (from === undefined || to === undefined || Date.parse(to) > Date.parse(from)) return
  throw new Refusal('invalid-query', '`to` must be later than `from`', { field: 'to' })
}
