import { createServer, type IncomingMessage } from 'node:http'
import { createCheck, ROUTES } from '@cordon/contract'
import { listen } from '@cordon/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { isPopulation, type Population } from './population.ts'
import { createRegisterApi } from './register-api.ts'
import { seedDemo } from './seed-demo.ts'

const FROM = '2026-11-21T06:00:00.000Z'
const place = (name: string) => ({ name, lon: -0.9, lat: 52.24 })
const population: Population = {
  wearers: Array.from({ length: 30 }, (_, index) => ({
    ...{ name: `Wearer ${index}`, reference: `SIM-${index}`, tagId: `sim-${index}`, flags: ['iom'], mappaLevel: 1 },
    ...{ home: place('Home'), avoid: place(`Market ${index % 4}`), risk: index % 10 === 0 ? 'critical' : 'standard' },
    curfew: index % 3 === 0 ? { from: '19:00', to: '07:00' } : null,
  })),
}

let close: () => void = () => undefined
afterEach(() => close())

/** A register that keeps to idempotency keys as the gateway does, and fails after so many requests. */
async function aRegister() {
  const made = new Map<string, { readonly body: string; readonly answer: object }>()
  const state = { requests: 0, failAfter: Infinity, made }
  const server = createServer((request, response) => {
    void readBody(request).then(body => {
      const key = `${request.url} ${String(request.headers['idempotency-key'])}`
      if (++state.requests > state.failAfter) return response.writeHead(503).end('away')
      const before = made.get(key)
      if (before !== undefined && before.body !== body) return response.writeHead(422).end('another request')
      const { id } = JSON.parse(body) as { id?: string }
      // An id as the gateway makes them: a number, in a text.
      const answer = before?.answer ?? {
        id: id ?? String(made.size + 1),
        username: id,
        password: `password ${made.size}`,
      }
      made.set(key, { body, answer })
      return response.writeHead(201).end(JSON.stringify(answer))
    })
  })
  const port = await listen(server, 0, '127.0.0.1')
  close = () => server.close()
  const given = new AbortController()
  const api = createRegisterApi({
    base: `http://127.0.0.1:${port}`,
    token: 'token',
    attempt: 'one',
    given: given.signal,
  })
  return Object.assign(state, {
    api,
    given,
    at: (path: string) => [...made.keys()].filter(key => key.startsWith(`/api/v1${path} `)),
  })
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

describe('seedDemo', () => {
  it('registers everybody with a tag, an order and a place that is forbidden, and gives the tags’ credentials', async () => {
    const register = await aRegister()
    const credentials = await seedDemo(register.api, population, FROM)
    expect(Object.keys(credentials)).toHaveLength(30)
    expect(credentials['sim-7']).toMatchObject({ username: 'sim-7', password: expect.any(String) })
    const paths = ['/zones', '/wearers', '/tags', '/orders', '/activations', '/conditions']
    expect(paths.map(path => register.at(path).length)).toEqual([18, 30, 30, 30, 30, 46])
  })

  it('puts those with a curfew under it, permits and suspends where the demonstration shows it, and says how closely', async () => {
    const register = await aRegister()
    await seedDemo(register.api, population, FROM)
    const bodies = (path: string) =>
      register.at(path).map(key => JSON.parse(register.made.get(key)?.body ?? '') as Record<string, unknown>)
    const hours = bodies('/conditions').filter(condition => condition.hours !== undefined)
    expect(hours).toHaveLength(10)
    expect(hours[0]?.hours).toMatchObject({ timeZone: 'Europe/London', weekly: [{ from: '19:00', to: '07:00' }] })
    const zonesOf = (wanted: string) => bodies('/zones').filter(({ kind }) => kind === wanted).length
    expect(['exclusion', 'inclusion', 'interest', 'restriction'].map(zonesOf)).toEqual([4, 10, 3, 1])
    expect(bodies('/orders').filter(({ risk }) => risk === 'critical')).toHaveLength(3)
    const corridors = bodies('/passes').filter(({ corridor }) => corridor !== undefined)
    expect([bodies('/passes').length, corridors.length]).toEqual([2, 1])
    expect([bodies('/suspensions'), bodies('/policies')].map(({ length }) => length)).toEqual([1, 1])
  })

  it('sends nothing that the interface would refuse', async () => {
    const register = await aRegister()
    await seedDemo(register.api, population, FROM)
    const routes = Object.values(ROUTES).flatMap(route => ('body' in route && route.method === 'POST' ? [route] : []))
    const isFit = new Map<string, (value: unknown) => boolean>(
      routes.map(({ path, body }) => [path, createCheck(body)]),
    )
    for (const [key, { body }] of register.made) {
      const path = key.split(' ')[0]?.replace('/api/v1', '') ?? ''
      expect([key, isFit.get(path)?.(JSON.parse(body))]).toEqual([key, true])
    }
  })

  it('goes on where it was stopped, and makes nothing twice', async () => {
    const register = await aRegister()
    register.failAfter = 77
    await expect(seedDemo(register.api, population, FROM)).rejects.toMatchObject({ code: 'start-failed' })
    const half = new Map(register.made)
    register.failAfter = Infinity
    const credentials = await seedDemo(register.api, population, FROM)
    expect(register.made.size).toBe(188)
    for (const [key, value] of half) expect(register.made.get(key)).toEqual(value)
    expect(Object.keys(credentials)).toHaveLength(30)
  })

  it('leaves off when it is stopped', async () => {
    const register = await aRegister()
    const seeding = seedDemo(register.api, population, FROM)
    register.given.abort()
    await expect(seeding).rejects.toThrow()
    expect(register.made.size).toBeLessThan(188)
  })
})

describe('isPopulation', () => {
  it('tells what the simulator writes from what it does not', () => {
    expect(isPopulation(population)).toBe(true)
    expect(isPopulation({ wearers: [{ name: 'X' }] })).toBe(false)
  })
})
