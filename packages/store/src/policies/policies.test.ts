import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfigurationChanges } from '../configuration/read-configuration-changes.ts'
import { readConfigurationCursor } from '../register/read-configuration-cursor.ts'
import { insertPolicy } from './insert-policy.ts'
import { listPolicies } from './list-policies.ts'
import { readPolicies } from './read-policies.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

it('policies are numbered from 2 on in the order in which they come into force, and a change of the register', async () => {
  const { store } = database
  expect(await readPolicies(store)).toEqual([])
  const before = await readConfigurationCursor(store)
  const made = await Promise.all(
    [{ exitFixes: 4 }, { exitFixes: 5 }, { exitFixes: 6 }].map(defaults =>
      store.transaction(inside => insertPolicy(inside, { note: 'too many', defaults }, 'kim')),
    ),
  )
  expect(made.map(({ version }) => version).sort((a, b) => a - b)).toEqual([2, 3, 4])
  const stored = await readPolicies(store)
  expect(stored.map(({ version }) => version)).toEqual([2, 3, 4])
  const begins = stored.map(({ from }) => from)
  expect(new Set(begins).size).toBe(3)
  expect(begins.toSorted((a, b) => a - b)).toEqual(begins)
  expect(stored[0]?.body).toEqual({ defaults: made.find(({ version }) => version === 2)?.defaults })
  const changes = await readConfigurationChanges(store, before, 10)
  expect(changes.map(({ entity, entityId }) => `${entity} ${entityId}`)).toEqual([
    'policies 2',
    'policies 3',
    'policies 4',
  ])
})

it('policies are listed newest first, with only what each of them changes', async () => {
  const { store } = database
  const zones = { '7': { exitMs: 60_000 } }
  const policy = await store.transaction(inside => insertPolicy(inside, { note: 'the school', zones }, 'kim'))
  expect(policy).toEqual({ version: policy.version, note: 'the school', zones, from: policy.from, createdBy: 'kim' })
  const page = await listPolicies(store, { limit: 2 })
  expect(page.items[0]).toEqual(policy)
  const rest = await listPolicies(store, { limit: 2, cursor: page.next ?? '' })
  expect([...page.items, ...rest.items].map(({ version }) => version)).toEqual([5, 4, 3, 2])
})
