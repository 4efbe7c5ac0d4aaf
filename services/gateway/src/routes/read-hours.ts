import type { Hours } from '@cordon/contract'
import { checkHours } from '@cordon/hours'
import { Refusal } from '../http/refuse.ts'

/** Hours that mean something, or every place in them that does not and what to do there. */
export function refuseBadHours(hours: Hours | undefined): void {
  if (hours === undefined) return
  const problems = checkHours(hours).map(({ field, detail, code }) => ({ field: `/hours${field}`, detail, code }))
  const [first] = problems
  if (first !== undefined) throw new Refusal('invalid-hours', first.detail, { field: first.field, problems })
}
