import { createCheck, POLICY_DESCRIPTIONS, ROUTES } from '@cordon/contract'
import { readPolicies } from '@cordon/store'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { DEFAULT_SETTINGS } from '@cordon/watch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const post = (policy: object) => gateway.api.post('/policies', { note: 'a trial', ...policy })

describe('the policy', () => {
  it('shows every number that is judged by, and what each is', async () => {
    const { body } = await gateway.api.get('/policies/defaults')
    expect(createCheck(ROUTES.readPolicyDefaults.response)(body)).toBe(true)
    expect(body).toMatchObject({ version: 1, settings: DEFAULT_SETTINGS, risks: { critical: expect.any(Object) } })
    expect(body.descriptions).toEqual(POLICY_DESCRIPTIONS)
  })

  it('has versions, each with who made it and why, as far as they change something', async () => {
    const { body: zone } = await gateway.api.post('/zones', {
      name: 'Z',
      kind: 'exclusion',
      geometry: { type: 'Circle', center: [-0.9, 52.2], radius: 100 },
    })
    const changes = {
      defaults: { exitFixes: 3 },
      risks: { critical: { fixIntervalMs: 15_000 } },
      zones: { [zone.id]: { confirmedProbability: 0.99 } },
    }
    const made = await post(changes)
    expect(made).toMatchObject({ status: 201, body: { version: 2, note: 'a trial', ...changes } })
    expect(made.body.createdBy).toBe('token:CORDON_ADMIN_TOKEN')
    await post({ note: 'back again' })
    const { body } = await gateway.api.get('/policies')
    expect(createCheck(ROUTES.listPolicies.response)(body)).toBe(true)
    expect(body.items).toMatchObject([{ version: 3, note: 'back again' }, made.body])
    expect(await readPolicies(database.store)).toMatchObject([{ version: 2, body: changes }, { version: 3 }])
    const audit = await gateway.api.get('/audit?limit=1000')
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ what: 'create-policy', detail: { version: 2, note: 'a trial' } }),
    )
    expect(gateway.live.configurations.length).toBeGreaterThan(0)
  })

  it('is numbered without a gap when several are made at once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => post({ defaults: { exitFixes: 2 } })))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    const { body } = await gateway.api.get('/policies?limit=1000')
    const versions = body.items.map(({ version }: { version: number }) => version)
    expect(versions).toEqual(Array.from({ length: versions.length }, (_, i) => versions.length + 1 - i))
  })

  it.each([
    ['a slip of the pen', { defaults: { exitFixs: 3 } }, '/defaults/exitFixs'],
    ['a number beyond its limits', { risks: { high: { exitProbability: 1 } } }, '/risks/high/exitProbability'],
    ['a name that is no zone’s id', { zones: { home: {} } }, '/zones/home'],
  ])('refuses %s and says where', async (_what, policy, field) => {
    const { status, body } = await post(policy)
    expect([status, body.code]).toEqual([400, 'invalid-body'])
    expect(body.problems.map((problem: { field: string }) => problem.field)).toContain(field)
  })

  it.each([
    ['possible above confirmed', { defaults: { possibleProbability: 0.99 } }, '/defaults/possibleProbability'],
    [
      'an end that comes with the beginning',
      { risks: { high: { exitProbability: 0.9 } } },
      '/risks/high/exitProbability',
    ],
    ['critical before warning', { defaults: { batteryWarnPercent: 5 } }, '/defaults/batteryWarnPercent'],
    [
      'what only two layers together make',
      { defaults: { possibleProbability: 0.5 }, zones: { 1: { exitProbability: 0.6 } } },
      '/zones/1/exitProbability',
    ],
  ])('refuses settings that contradict each other: %s', async (_what, policy, field) => {
    const { status, body } = await post(policy)
    expect([status, body.code, body.field]).toEqual([400, 'invalid-body', field])
    expect(body.problems).toHaveLength(1)
  })

  it('refuses settings for a zone that there is not', async () => {
    const answer = await post({ zones: { 424242: { exitFixes: 3 } } })
    expect(answer).toMatchObject({ status: 422, body: { code: 'unknown-reference', field: '/zones/424242' } })
  })
})
