import { createServer, type IncomingMessage } from 'node:http'
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
    ...{ home: place('Home'), avoid: place(`Market ${index % 4}`) },
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
      const answer = before?.answer ?? { id: id ?? String(made.size), username: id, password: `password ${made.size}` }
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
    expect(paths.map(path => register.at(path).length)).toEqual([5, 30, 30, 30, 30, 32])
  })

  it('goes on where it was stopped, and makes nothing twice', async () => {
    const register = await aRegister()
    register.failAfter = 77
    await expect(seedDemo(register.api, population, FROM)).rejects.toMatchObject({ code: 'start-failed' })
    const half = new Map(register.made)
    register.failAfter = Infinity
    const credentials = await seedDemo(register.api, population, FROM)
    expect(register.made.size).toBe(157)
    for (const [key, value] of half) expect(register.made.get(key)).toEqual(value)
    expect(Object.keys(credentials)).toHaveLength(30)
  })

  it('leaves off when it is stopped', async () => {
    const register = await aRegister()
    const seeding = seedDemo(register.api, population, FROM)
    register.given.abort()
    await expect(seeding).rejects.toThrow()
    expect(register.made.size).toBeLessThan(157)
  })
})

describe('isPopulation', () => {
  it('tells what the simulator writes from what it does not', () => {
    expect(isPopulation(population)).toBe(true)
    expect(isPopulation({ wearers: [{ name: 'X' }] })).toBe(false)
  })
})
