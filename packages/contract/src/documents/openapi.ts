import type { TSchema } from 'typebox'
import { ROUTES, type Route } from '../http/routes.ts'
import { Problem } from '../http/session.ts'
import { type Components, createComponents, type Json, type JsonObject } from './components.ts'
import { REQUEST_EXAMPLES } from './examples.ts'

const DESCRIPTION = `Everything below \`/api/v1\`. Lists answer \`{"items": […], "next": cursor or null}\` and are paged with \`cursor\` and
\`limit\`: nothing is truncated in silence. Errors are RFC 9457 problem documents with a stable \`code\`. Times are RFC 3339, positions
WGS 84, ids 64-bit numbers as decimal strings. What a role may not do, and what lies outside an officer's caseload, is refused.`

/** Problem responses, by the status under which the gateway sends them. */
const PROBLEMS = {
  '400': 'A parameter or the body is not acceptable; the problem names each place.',
  '401': 'Nobody is signed in.',
  '403': 'The role or the caseload does not allow it.',
  '404': 'There is no such thing, or not for this user.',
  '409': 'It contradicts the present state; for a claimed incident, `owner` says who has it.',
  '422': 'It is well-formed, but names what does not exist, or cannot be watched.',
  default: 'Anything else: too many requests, a fault on our side.',
} as const
type ProblemStatus = keyof typeof PROBLEMS

const IDEMPOTENCY_KEY: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'The same request under the same key is made once and answered alike: safe to repeat after a lost answer.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, TSchema & { readonly description?: string }>>
  readonly required?: readonly string[]
}

/** The HTTP interface as an OpenAPI 3.1 document, made from the routes that the gateway registers. */
export function openApiDocument(): JsonObject {
  const components = createComponents('2020-12')
  const problem = components.refer(Problem)
  const paths = pathsOf(components)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cordon HTTP interface',
      version: '1.0.0',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { session: [] }],
    tags: tagsOf(Object.values(ROUTES)),
    paths,
    components: {
      schemas: components.schemas(),
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, description]) => [
          problemName(status),
          { description, content: { 'application/problem+json': { schema: problem } } },
        ]),
      ),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'API token of a machine client' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'cordon_session',
          description: 'set by the sign-in page; over TLS __Host-cordon_session',
        },
      },
    },
  }
}

function pathsOf(components: Components): JsonObject {
  const paths: Record<string, Record<string, Json>> = {}
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(name, route, components) }
  }
  return paths
}

function operationOf(name: string, route: Route, components: Components): JsonObject {
  const parameters = [
    ...parametersOf('path', route.params, components),
    ...parametersOf('query', route.query, components),
    ...(route.method === 'POST' && route.isQuestion !== true
      ? [{ $ref: '#/components/parameters/IdempotencyKey' }]
      : []),
  ]
  return {
    operationId: name,
    summary: route.summary,
    description: route.right === null ? 'Any signed-in user.' : `Takes the right \`${route.right}\`.`,
    tags: [tagOf(route)],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: bodyOf(name, route.body, components) }),
    responses: responsesOf(route, components),
  }
}

function parametersOf(place: 'path' | 'query', schema: TSchema | undefined, components: Components): JsonObject[] {
  const { properties, required = [] } = (schema ?? { properties: {} }) as ObjectSchema
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: components.refer(property),
  }))
}

function bodyOf(name: string, schema: TSchema, components: Components): JsonObject {
  const example = (REQUEST_EXAMPLES as Readonly<Record<string, Json>>)[name]
  const content = { schema: components.refer(schema), ...(example !== undefined && { example }) }
  return { required: true, content: { 'application/json': content } }
}

function responsesOf(route: Route, components: Components): JsonObject {
  const problems = problemsOf(route).map(status => [status, { $ref: `#/components/responses/${problemName(status)}` }])
  return { [route.status]: successOf(route, components), ...Object.fromEntries(problems) }
}

function successOf({ status, response, summary, also = [] }: Route, components: Components): JsonObject {
  if (status === 204) return { description: 'Done.' }
  const others = also.map(other => [other, { schema: { type: 'string' } }])
  const content = { 'application/json': { schema: components.refer(response) }, ...Object.fromEntries(others) }
  return { description: summary, content }
}

function problemsOf({ method, right, params, query, body, isQuestion }: Route): ProblemStatus[] {
  const applies: Readonly<Record<ProblemStatus, boolean>> = {
    '400': query !== undefined || body !== undefined,
    '401': true,
    '403': right !== null,
    '404': params !== undefined || isQuestion === true,
    '409': method !== 'GET' && isQuestion !== true,
    '422': body !== undefined,
    default: true,
  }
  return (Object.keys(PROBLEMS) as ProblemStatus[]).filter(status => applies[status])
}

const problemName = (status: string): string => `Problem${status === 'default' ? '' : status}`
const tagOf = ({ path }: Route): string => path.split('/')[1] ?? ''
const tagsOf = (routes: readonly Route[]): JsonObject[] => [...new Set(routes.map(tagOf))].map(name => ({ name }))
