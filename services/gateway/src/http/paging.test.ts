import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enrol } from '../testing/enrol.ts'
import { raiseIncident } from '../testing/raise-incident.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store)
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

async function pages(path: string): Promise<{ id: string; severity: string }[][]> {
  const all = []
  let cursor: string | null = null
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const { body } = await gateway.api.get(path + more)
    all.push(body.items)
    cursor = body.next
  } while (cursor !== null)
  return all
}

it('gives every row once, in full pages, and null at the end', async () => {
  const person = await enrol(gateway.api)
  const severities = ['warning', 'critical', 'serious', 'critical', 'warning'] as const
  for (const severity of severities) await raiseIncident(database.store, person, { severity })
  const found = await pages('/incidents?limit=2')
  expect(found.map(page => page.length)).toEqual([2, 2, 1])
  expect(found.flat().map(({ severity }) => severity)).toEqual([
    'critical',
    'critical',
    'serious',
    'warning',
    'warning',
  ])
  expect(found.flat().map(({ id }) => id)).toEqual(['2', '4', '3', '1', '5'])
})

it('a page that is just full has nothing after it', async () => {
  expect(await pages('/incidents?limit=5')).toHaveLength(1)
})

it('rows that come in between neither repeat nor hide others', async () => {
  const { body } = await gateway.api.get('/wearers?limit=1')
  const first = body.items[0].id
  await enrol(gateway.api)
  const rest = await gateway.api.get('/wearers?limit=1000')
  expect(rest.body.items.length).toBe(2)
  expect(rest.body.items.at(-1).id).toBe(first)
})

it.each([
  ['of another list', async () => (await gateway.api.get('/incidents?limit=1')).body.next],
  ['made up', () => 'bm90IGEgY3Vyc29y'],
  ['with a key of another type', () => Buffer.from('["wearers","drop"]').toString('base64url')],
])('refuses a cursor %s', async (_what, make) => {
  const cursor = encodeURIComponent(await make())
  expect(await gateway.api.get(`/wearers?cursor=${cursor}`)).toMatchObject({
    status: 400,
    body: { code: 'cursor-invalid' },
  })
})
