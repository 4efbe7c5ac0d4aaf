import { createLogger, sleep } from '@cordon/runtime'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fenceStore } from './fence-store.ts'
import { claimLeases, type Lease, makeLeases, releaseLease, renewLeases } from './leases.ts'
import { leaveMembership, renewMembership } from './renew-membership.ts'

let database: TestDatabase
const PARTITIONS = 4
const LONG_MS = 60_000
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  await database.store.execute('truncate partition_leases, ingest_members')
  await makeLeases(database.store, PARTITIONS)
  await makeLeases(database.store, PARTITIONS)
})
afterAll(() => database.drop())

const claim = (owner: string, count: number, leaseMs = LONG_MS) =>
  claimLeases(database.store, { owner, count, leaseMs, partitions: PARTITIONS })
const claimOne = async (owner: string, leaseMs = LONG_MS): Promise<Lease> => {
  const [lease] = await claim(owner, 1, leaseMs)
  if (lease === undefined) throw new Error('there was none')
  return lease
}
const lost: Error[] = []
const logger = createLogger({ name: 'test', level: 'silent' })
const fenced = (lease: Lease) => fenceStore(database.store, lease, { onLost: reason => lost.push(reason), logger })
const note = (text: string) => (inside: Pick<TestDatabase['store'], 'execute'>) =>
  inside.execute('insert into ingest_members (name, partitions, expires_at) values ($1, 1, now())', [text])
const notes = async () =>
  (await database.store.query<{ name: string }>('select name from ingest_members order by name')).map(
    ({ name }) => name,
  )

describe('leases', () => {
  it('are each one owner’s, whoever asks at once', async () => {
    const all = (await Promise.all(['a', 'b', 'c', 'd', 'e'].map(owner => claim(owner, 2)))).flat()
    expect(all.map(({ partition }) => partition).sort((a, b) => a - b)).toEqual([0, 1, 2, 3])
    expect(await claim('f', 4)).toEqual([])
  })

  it('go to another when they have run out, with a higher epoch, and not before', async () => {
    const first = await claimOne('a', 100)
    expect((await claim('b', 4)).map(({ partition }) => partition)).not.toContain(first.partition)
    await sleep(150)
    expect(await claimOne('b')).toEqual({ partition: first.partition, owner: 'b', epoch: first.epoch + 1 })
    expect(await renewLeases(database.store, { owner: 'a', leaseMs: LONG_MS, held: [first] })).toEqual([])
  })

  it('that have run out are renewed all the same while nobody has taken them', async () => {
    const lease = await claimOne('a', 1)
    await sleep(20)
    expect(await renewLeases(database.store, { owner: 'a', leaseMs: LONG_MS, held: [lease] })).toEqual([lease])
    expect((await claim('b', 4)).map(({ partition }) => partition)).toEqual([1, 2, 3])
  })

  it('are given back at once, and only by who has them', async () => {
    const lease = await claimOne('a')
    await releaseLease(database.store, { ...lease, epoch: lease.epoch - 1 })
    expect(await claim('b', 4)).toHaveLength(3)
    await releaseLease(database.store, lease)
    expect(await claimOne('b')).toEqual({ ...lease, owner: 'b', epoch: lease.epoch + 1 })
  })
})

describe('the fence', () => {
  it('lets the owner write, and keeps nothing of one that another has followed', async () => {
    const lease = await claimOne('a', 1)
    const store = fenced(lease)
    await store.transaction(note('by the owner'))
    await sleep(20)
    await store.transaction(note('by the owner of a lease that has run out'))
    await claimOne('b')
    await expect(store.transaction(note('by a stale owner'))).rejects.toMatchObject({ code: 'lease-lost' })
    expect(await notes()).toEqual(['by the owner', 'by the owner of a lease that has run out'])
    expect(lost.splice(0)).toHaveLength(1)
  })

  it('keeps a partition until the transaction under way has ended', async () => {
    const lease = await claimOne('a', 1)
    let finish: () => void = () => undefined
    const begun = fenced(lease).transaction(async inside => {
      await note('under way')(inside)
      await new Promise<void>(resolve => {
        finish = resolve
      })
    })
    await sleep(100)
    expect((await claim('b', 4)).map(({ partition }) => partition)).toEqual([1, 2, 3])
    finish()
    await begun
    expect(await claimOne('b')).toMatchObject({ partition: lease.partition, epoch: lease.epoch + 1 })
  })

  it('leaves a failure of what is written to be told as it is', async () => {
    const store = fenced(await claimOne('a'))
    await expect(store.transaction(inside => inside.execute('select 1 / 0'))).rejects.toMatchObject({ code: '22012' })
    expect(lost).toEqual([])
  })
})

describe('membership', () => {
  const renew = (name: string, leaseMs = LONG_MS, partitions = PARTITIONS) =>
    renewMembership(database.store, { name, partitions, leaseMs })

  it('is of those that have said so lately, in one order for all', async () => {
    expect(await renew('b')).toEqual(['b'])
    expect(await renew('a', 50)).toEqual(['a', 'b'])
    expect(await renew('c')).toEqual(['a', 'b', 'c'])
    await sleep(100)
    expect(await renew('b')).toEqual(['b', 'c'])
    await leaveMembership(database.store, 'c')
    expect(await renew('b')).toEqual(['b'])
  })

  it('is refused to one that spreads the tags in another way', async () => {
    await renew('a')
    await expect(renew('b', LONG_MS, 8)).rejects.toMatchObject({ code: 'invalid-config' })
  })
})
