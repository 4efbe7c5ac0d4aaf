import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { ROUTES, type Route } from '../http/routes.ts'
import { TAG_FILTERS } from '../mqtt/topics.ts'
import { asyncApiDocument } from './asyncapi.ts'
import type { Json, JsonObject } from './components.ts'
import { REQUEST_EXAMPLES } from './examples.ts'
import { openApiDocument } from './openapi.ts'

const requireJson = createRequire(import.meta.url)
const checkedIn = (name: string) =>
  readFileSync(new URL(`../../../../docs/interfaces/${name}`, import.meta.url), 'utf8')
const printed = (document: JsonObject) => `${JSON.stringify(document, null, 2)}\n`
const openApi = openApiDocument()
const asyncApi = asyncApiDocument()
const OPTIONS = { strict: false, validateFormats: false, allErrors: true }

/** What stands at a path of keys; undefined when nothing does. */
const at = (document: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, key) => (value as JsonObject | undefined)?.[key], document)
/** The text at a path; empty when something else stands there. */
const textAt = (document: Json | undefined, ...path: readonly string[]): string => {
  const text = at(document, ...path)
  return typeof text === 'string' ? text : ''
}
const namesAt = (document: JsonObject, ...path: readonly string[]) => Object.keys(at(document, ...path) as JsonObject)

/** Every `$ref` of a document. */
function references(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  )
}

describe.each([
  ['openapi.json', openApi],
  ['asyncapi.json', asyncApi],
])('docs/interfaces/%s', (name, document) => {
  it('is what the schemas give: otherwise run packages/contract/scripts/write-interfaces.ts', () => {
    expect(checkedIn(name)).toBe(printed(document))
  })

  it('refers to nothing that it does not hold, and holds no component that nothing refers to', () => {
    const refs = new Set(references(document))
    for (const ref of refs) expect([ref, at(document, ...ref.slice(2).split('/')) !== undefined]).toEqual([ref, true])
    for (const kind of ['schemas', 'messages', 'responses', 'parameters']) {
      for (const component of Object.keys((at(document, 'components', kind) ?? {}) as JsonObject)) {
        expect([component, refs.has(`#/components/${kind}/${component}`)]).toEqual([component, true])
      }
    }
  })

  it('says nothing of how the schema library marks its types', () => {
    expect(printed(document)).not.toContain('"~')
  })
})

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate(structuredClone(openApi))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
    expect((await new Validator().validate({ ...openApi, paths: { '/x': { get: { responses: 7 } } } })).valid).toBe(
      false,
    )
  })

  it('has every route, with its right, and an idempotency key on every creation', () => {
    for (const [name, route] of Object.entries<Route>(ROUTES)) {
      const operation = at(openApi, 'paths', route.path, route.method.toLowerCase())
      expect(at(operation, 'operationId')).toBe(name)
      expect(at(operation, 'responses', String(route.status))).toBeDefined()
      expect(textAt(operation, 'description')).toContain(route.right ?? 'Any signed-in user')
      const names = references((at(operation, 'parameters') ?? []) as Json)
      expect(names.includes('#/components/parameters/IdempotencyKey')).toBe(
        route.method === 'POST' && route.isQuestion !== true,
      )
    }
  })

  it('names every part of a path as a parameter', () => {
    for (const [path, methods] of Object.entries(openApi.paths as JsonObject)) {
      for (const operation of Object.values(methods as JsonObject)) {
        const parameters = (at(operation, 'parameters') ?? []) as JsonObject[]
        const inPath = parameters.filter(one => one.in === 'path').map(one => `{${textAt(one, 'name')}}`)
        expect(inPath).toEqual(path.match(/\{\w+\}/g) ?? [])
      }
    }
  })

  it('writes tuples the way of JSON Schema 2020-12', () => {
    const center = at(openApi, 'components', 'schemas', 'CircleGeometry', 'properties', 'center')
    expect(center).toMatchObject({ prefixItems: [{}, {}], items: false })
  })

  it.each(Object.keys(REQUEST_EXAMPLES))('has an example for %s that its own schema accepts', name => {
    const { path, method } = ROUTES[name as keyof typeof REQUEST_EXAMPLES]
    const body = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json']
    const pointer = [...body, 'schema'].map(part => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')
    const ajv = new Ajv2020(OPTIONS).addSchema(openApi, 'openapi')
    expect(ajv.validate({ $ref: `openapi#/${pointer}` }, at(openApi, ...body, 'example')), ajv.errorsText()).toBe(true)
    expect(ajv.validate({ $ref: `openapi#/${pointer}` }, {})).toBe(false)
  })
})

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3.0', () => {
    const schema = requireJson('@asyncapi/specs/schemas/3.0.0.json') as object
    // The specification's schema brings its own copy of draft 7, under the name that Ajv has given to its own.
    const ajv = new Ajv({ ...OPTIONS, meta: false, validateSchema: false })
    const isValid = ajv.compile(schema)
    expect(isValid(structuredClone(asyncApi)), ajv.errorsText(isValid.errors)).toBe(true)
    const wrong = [
      { channels: { a: { addres: 'x' } } },
      { asyncapi: '2.0.0' },
      { operations: { a: { action: 'listen' } } },
    ]
    for (const change of wrong) expect([change, isValid({ ...asyncApi, ...change })]).toEqual([change, false])
  })

  it('has a channel for everything that ingest subscribes to, and the stream in both directions', () => {
    const addresses = Object.values(asyncApi.channels as JsonObject).map(one => textAt(one, 'address'))
    const filters = addresses.map(address => address.replaceAll(/\{\w+\}/g, '+'))
    expect(filters).toEqual(expect.arrayContaining([...TAG_FILTERS, 'cordon/v1/tags/+/commands', '/api/v1/stream']))
    expect(namesAt(asyncApi, 'operations')).toEqual(expect.arrayContaining(['receiveStream', 'sendStream']))
    expect(at(asyncApi, 'operations', 'sendTagCommands', 'action')).toBe('send')
    expect(at(asyncApi, 'operations', 'receiveTagStatus', 'bindings', 'mqtt')).toEqual({ qos: 1, retain: true })
  })

  it.each(namesAt(asyncApi, 'components', 'messages'))(
    'has an example of the message %s that its own schema accepts',
    name => {
      const [example] = at(asyncApi, 'components', 'messages', name, 'examples') as JsonObject[]
      const ajv = new Ajv(OPTIONS).addSchema(asyncApi, 'asyncapi')
      const schema = { $ref: `asyncapi#/components/messages/${name}/payload` }
      expect(ajv.validate(schema, example?.payload), ajv.errorsText()).toBe(true)
      expect(ajv.validate(schema, 'something else')).toBe(false)
    },
  )
})
