import Type, { type TSchema } from 'typebox'
import * as geometry from '../http/geometry.ts'
import * as incidents from '../http/incidents.ts'
import * as keeping from '../http/keeping.ts'
import * as policies from '../http/policies.ts'
import * as resources from '../http/resources.ts'
import * as session from '../http/session.ts'
import * as track from '../http/track.ts'
import * as watchRecords from '../http/watch-records.ts'
import * as zonePreview from '../http/zone-preview.ts'
import * as otherSources from '../mqtt/other-sources.ts'
import * as tagMessages from '../mqtt/tag-messages.ts'
import * as scalars from '../schema.ts'
import * as socket from '../socket/messages.ts'
import * as provisional from '../socket/provisional.ts'

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** The schemas of one document: each exported one stands once, under the name that it is exported by, and is referred to. */
export interface Components {
  /** A reference to the component, or the schema itself when it has no name. */
  readonly refer: (schema: TSchema) => JsonObject
  /** Every component that was referred to, by name. */
  readonly schemas: () => JsonObject
}

/** JSON Schema writes a tuple in two ways: AsyncAPI holds to draft 7, OpenAPI 3.1 to 2020-12. */
export type Dialect = 'draft-07' | '2020-12'

const MODULES = [
  scalars,
  geometry,
  incidents,
  keeping,
  policies,
  resources,
  session,
  track,
  watchRecords,
  zonePreview,
  tagMessages,
  otherSources,
  socket,
  provisional,
]

/** By identity first; by text for copies, which `Type.Optional` makes. */
const names = new Map<unknown, string>()
for (const [name, schema] of MODULES.flatMap(module => Object.entries(module))) {
  if (!Type.IsSchema(schema)) continue
  names.set(schema, name)
  const text = JSON.stringify(schema)
  if (!names.has(text)) names.set(text, name)
}

export function createComponents(dialect: Dialect): Components {
  const used = new Map<string, JsonObject>()

  const refer = (schema: object): JsonObject => {
    const name = names.get(schema) ?? names.get(JSON.stringify(schema))
    if (name === undefined) return expand(schema)
    if (!used.has(name)) {
      used.set(name, {})
      used.set(name, expand(schema))
    }
    return { $ref: `#/components/schemas/${name}` }
  }

  const expand = (schema: object): JsonObject => {
    const entries = Object.entries(schema).map(([key, value]) => [key, expandValue(value)] as const)
    return dialect === '2020-12' ? withPrefixItems(Object.fromEntries(entries)) : Object.fromEntries(entries)
  }
  const expandValue = (value: unknown): Json => {
    if (Array.isArray(value)) return value.map(expandValue)
    return typeof value === 'object' && value !== null ? refer(value) : (value as Json)
  }

  return {
    refer,
    schemas: () => Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function withPrefixItems(schema: JsonObject): JsonObject {
  if (!Array.isArray(schema.items)) return schema
  const { items, additionalItems = true, ...rest } = schema
  return { ...rest, prefixItems: items, items: additionalItems }
}
