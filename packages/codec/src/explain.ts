import { type Fields, isAbsent, isFields, isWithin, type JsonSchema, limitsOf } from './fields.ts'
import { instantOf } from './instant.ts'
import { type Fault, fault } from './rejections.ts'

/**
 * The slow path: why an item that a decoder refused is unusable. The first fault in the order of the schema's fields, or null
 * when the item meets the schema. A property test holds decoder, explanation and the contract's compiled schema together.
 */
export function explain(schema: JsonSchema, item: unknown, path = ''): Fault | null {
  if (!isFields(item)) return fault('wrong-type', path, `Expected an object, got ${kindOf(item)}.`)
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`
    const found = isAbsent(item[name]) ? explainAbsent(schema, name, at) : explainValue(field, item[name], at)
    if (found) return found
  }
  return null
}

const explainAbsent = (schema: JsonSchema, name: string, at: string): Fault | null =>
  schema.required?.includes(name)
    ? fault('field-missing', at, `The field is required: ${expected(schema, name)}.`)
    : null

function explainValue(schema: JsonSchema, value: unknown, at: string): Fault | null {
  if (isTime(schema)) return explainTime(schema, value, at)
  if (schema.enum || schema.const !== undefined) return explainWord(schema, value, at)
  switch (schema.type) {
    case 'number':
    case 'integer':
      return explainNumber(schema, value, at)
    case 'string':
      return explainText(schema, value, at)
    case 'boolean':
      return typeof value === 'boolean' ? null : wrongType(schema, value, at)
    case 'object':
      return explain(schema, value, at)
    default:
      return schema.anyOf?.[0] ? explainValue(schema.anyOf[0], value, at) : null
  }
}

const wrongType = (schema: JsonSchema, value: unknown, at: string): Fault =>
  fault('wrong-type', at, `Expected ${describe(schema)}, got ${kindOf(value)}.`)

function explainTime(schema: JsonSchema, value: unknown, at: string): Fault | null {
  const readable = typeof value === 'string' || (typeof value === 'number' && takesEpoch(schema))
  if (!readable) return wrongType(schema, value, at)
  return Number.isNaN(instantOf(value)) ? fault('invalid-time', at, `Expected ${describe(schema)}.`) : null
}

function explainWord(schema: JsonSchema, value: unknown, at: string): Fault | null {
  if (typeof value !== 'string') return wrongType(schema, value, at)
  const allowed = schema.enum ?? [schema.const]
  return allowed.includes(value) ? null : fault('unknown-word', at, `Expected ${describe(schema)}.`)
}

function explainNumber(schema: JsonSchema, value: unknown, at: string): Fault | null {
  if (typeof value !== 'number') return wrongType(schema, value, at)
  return isWithin(value, limitsOf(schema)) ? null : fault('out-of-range', at, `Expected ${describe(schema)}.`)
}

function explainText(schema: JsonSchema, value: unknown, at: string): Fault | null {
  if (typeof value !== 'string') return wrongType(schema, value, at)
  const length = Array.from(value).length
  const { minLength = 0, maxLength = Number.MAX_SAFE_INTEGER, pattern } = schema
  if (length < minLength || length > maxLength) return fault('out-of-range', at, `Expected ${describe(schema)}.`)
  return pattern && !new RegExp(pattern).test(value) ? fault('invalid-tag-id', at) : null
}

const isTime = (schema: JsonSchema): boolean =>
  schema.format === 'date-time' || (schema.anyOf ?? []).some(one => one.format === 'date-time')
const takesEpoch = (schema: JsonSchema): boolean => (schema.anyOf ?? []).some(one => one.type === 'integer')
const expected = (schema: JsonSchema, name: string): string => describe(schema.properties?.[name] ?? {})

/** What a field must be, for a person. */
function describe(schema: JsonSchema): string {
  if (isTime(schema))
    return `an RFC 3339 instant${takesEpoch(schema) ? ' or epoch milliseconds' : ''} between 1970 and 2100`
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.const !== undefined) return `the word ${schema.const}`
  if (schema.type === 'number' || schema.type === 'integer') return describeNumber(schema)
  if (schema.type === 'string') return `a text of ${schema.minLength ?? 0} to ${schema.maxLength ?? 64} characters`
  return schema.type === 'boolean' ? 'true or false' : 'an object'
}

function describeNumber({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const from = minimum === undefined ? '' : ` from ${minimum}`
  const above = exclusiveMinimum === undefined ? '' : ` above ${exclusiveMinimum}`
  const to = maximum === undefined ? '' : `${from || above ? ' to' : ' up to'} ${maximum}`
  return `a ${type === 'integer' ? 'whole ' : ''}number${from}${above}${to}`
}

/** The JSON type of a value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The first of these fields that names another tag than the topic did. */
export function namesAnotherTag(item: Fields, tagId: string, names: readonly string[]): Fault | null {
  const name = names.find(one => typeof item[one] === 'string' && item[one] !== tagId)
  return name === undefined ? null : fault('tag-mismatch', name)
}
