import type { FastifyError, FastifySchemaValidationError } from 'fastify'
import { notFound, Refusal } from './refuse.ts'

/** So many problems are listed one by one; the detail says how many there are. */
const MAX_LISTED = 1_000

/** What does not fit the schema of a route: every place at once. */
export function refuseInvalid({ validation = [], validationContext }: FastifyError): Refusal {
  // An id that cannot be one is the id of nothing.
  if (validationContext === 'params') return notFound('thing')
  const problems = relevant(validation).map(error => ({ field: fieldOf(error), detail: detailOf(error) }))
  const [first] = problems
  const code = validationContext === 'body' ? 'invalid-body' : 'invalid-query'
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return new Refusal(code, `${count}; the first: ${first?.field || 'the body'} ${first?.detail ?? ''}`, {
    field: first?.field,
    problems: problems.slice(0, MAX_LISTED),
  })
}

type Invalid = FastifySchemaValidationError

function fieldOf({ keyword, instancePath, params }: Invalid): string {
  if (keyword === 'required') return `${instancePath}/${String(params.missingProperty)}`
  if (keyword === 'additionalProperties') return `${instancePath}/${String(params.additionalProperty)}`
  return instancePath
}

function detailOf({ keyword, message = 'is not acceptable', params }: Invalid): string {
  if (keyword === 'required') return 'is missing'
  if (keyword === 'additionalProperties') return 'is nothing that is known here'
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`
  return message
}

/**
 * Of a choice (`anyOf`) every branch complains. A branch whose `type` is another one was never meant: its complaints are left
 * out, and so is the summary "must match a schema in anyOf" beside what is left.
 */
function relevant(errors: readonly Invalid[]): readonly Invalid[] {
  const foreign = errors.filter(({ keyword, schemaPath }) => keyword === 'const' && BRANCH.test(schemaPath))
  const isForeign = ({ schemaPath }: Invalid) => foreign.some(other => schemaPath.startsWith(branchOf(other)))
  const meant = errors.filter(error => !isForeign(error) && error.keyword !== 'anyOf')
  return meant.length > 0 ? meant : errors
}

const BRANCH = /^(.*\/anyOf\/\d+\/)properties\/type\/const$/
const branchOf = ({ schemaPath }: Invalid): string => BRANCH.exec(schemaPath)?.[1] ?? schemaPath
