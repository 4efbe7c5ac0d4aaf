import { aBatch, aMonitoredWearer, anIncidentJudgement, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeBatch } from '../write/write-batch.ts'
import { countOpenIncidents } from './count-open-incidents.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const MINUTE = 60

/** Serious ones of these ages in seconds. */
async function raise(ages: readonly number[], more: { readonly severity?: 'critical' } = {}) {
  const { store } = database
  const person = await aMonitoredWearer(store)
  const judgements = ages.map((_, index) =>
    anIncidentJudgement(person, { ...more, episodeId: `${person.activationId}/${index}` }),
  )
  await writeBatch(store, aBatch({ judgements }))
  for (const [index, age] of ages.entries()) {
    const sql = `update incidents set raised_at = now() - make_interval(secs => $1) where episode_id = $2`
    await store.execute(sql, [age, `${person.activationId}/${index}`])
  }
  return person
}

it('counts what is open by severity and age, and how long the oldest has been without an owner', async () => {
  const { store } = database
  expect(await countOpenIncidents(store)).toEqual([])
  const person = await raise([10, 6 * MINUTE, 7 * MINUTE, 90 * MINUTE, 30 * 60 * MINUTE, 40 * 60 * MINUTE])
  await raise([20], { severity: 'critical' })
  await store.execute(`update incidents set owner = 'someone' where raised_at < now() - interval '100 minutes'`)
  await store.execute(`update incidents set state = 'closed' where episode_id = $1`, [`${person.activationId}/5`])
  const counts = await countOpenIncidents(store)
  const of = (severity: string) => counts.find(count => count.severity === severity)
  expect(of('serious')).toMatchObject({ byAge: [1, 2, 0, 1, 1], unowned: 4 })
  expect(Math.round((of('serious')?.oldestUnownedSeconds ?? 0) / MINUTE)).toBe(90)
  expect(of('critical')).toMatchObject({ byAge: [1, 0, 0, 0, 0], unowned: 1 })
  expect(counts).toHaveLength(2)
})

it('is answered by the index of what is open, whatever has been closed', async () => {
  const plan = await database.store.transaction(async inside => {
    await inside.execute('set local enable_seqscan = off')
    return inside.query(`explain select severity from incidents where state <> 'closed'`)
  })
  expect(JSON.stringify(plan)).toContain('incidents_open')
})
