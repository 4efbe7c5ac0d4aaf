import { asId, type TagId } from '@cordon/contract'
import { aTag, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrokerRules, createServiceCredentials, type LocalAccount } from './broker-rules.ts'

let database: TestDatabase
let rules: ReturnType<typeof createBrokerRules>
const services = createServiceCredentials()

beforeAll(async () => {
  database = await createTestDatabase()
  rules = createBrokerRules(database.store, services)
})
afterAll(() => database.drop())

const tag = (id: string, protocol: 'cordon' | 'owntracks' | 'traccar'): LocalAccount => ({
  ...{ kind: 'tag', tagId: asId<TagId>(id), protocol, version: 1 },
})
const ingest: LocalAccount = { kind: 'service', username: 'cordon.ingest' }

describe('the embedded broker’s rules', () => {
  it('let a tag in with its password, and nobody with a wrong one or an unknown name', async () => {
    const id = await aTag(database.store, { password: 'tag-password' })
    expect(await rules.authenticate('c', id, 'tag-password')).toMatchObject({ ok: true, account: { kind: 'tag' } })
    expect(await rules.authenticate('c', id, 'wrong')).toEqual({ ok: false })
    expect(await rules.authenticate('c', 'nobody', 'tag-password')).toEqual({ ok: false })
  })

  it('let the services in with the passwords of this start only', async () => {
    const { username, password } = services['cordon.ingest']
    expect(await rules.authenticate('c', username, password)).toMatchObject({ ok: true })
    expect(await rules.authenticate('c', username, `${password}x`)).toEqual({ ok: false })
    expect(await rules.authenticate('c', username, '')).toEqual({ ok: false })
  })

  it('let a tag publish below its own id only', () => {
    const account = tag('tag-1', 'cordon')
    for (const leaf of ['fixes', 'events', 'status', 'acks']) {
      expect(rules.authorizePublish(account, `cordon/v1/tags/tag-1/${leaf}`)).toBe(true)
      expect(rules.authorizePublish(account, `cordon/v1/tags/tag-2/${leaf}`)).toBe(false)
    }
    expect(rules.authorizePublish(account, 'cordon/v1/tags/tag-1/commands')).toBe(false)
    expect(rules.authorizePublish(account, 'cordon/v1/live/positions')).toBe(false)
    expect(rules.authorizePublish(account, 'owntracks/tag-1/x')).toBe(false)
    expect(rules.authorizePublish(account, 'traccar/positions')).toBe(false)
  })

  it('keep each source to its own topic', () => {
    expect(rules.authorizePublish(tag('jo/phone', 'owntracks'), 'owntracks/jo/phone')).toBe(true)
    expect(rules.authorizePublish(tag('jo/phone', 'owntracks'), 'owntracks/jo/other')).toBe(false)
    expect(rules.authorizePublish(tag('8675309', 'traccar'), 'traccar/positions')).toBe(false)
    const forwarder: LocalAccount = { kind: 'forwarder', id: asId('traccar-1'), source: 'traccar', version: 1 }
    expect(rules.authorizePublish(forwarder, 'traccar/positions')).toBe(true)
    expect(rules.authorizePublish(forwarder, 'cordon/v1/tags/tag-1/fixes')).toBe(false)
  })

  it('let a tag hear its own commands and nothing else, and ingest the tags', () => {
    const account = tag('tag-1', 'cordon')
    expect(rules.authorizeSubscribe(account, 'cordon/v1/tags/tag-1/commands')).toBe(true)
    for (const filter of ['#', 'cordon/v1/tags/+/commands', 'cordon/v1/tags/tag-2/fixes', 'cordon/v1/live/positions']) {
      expect(rules.authorizeSubscribe(account, filter)).toBe(false)
    }
    expect(rules.authorizeSubscribe(ingest, 'cordon/v1/tags/+/fixes')).toBe(true)
    expect(rules.authorizeSubscribe(ingest, '#')).toBe(false)
  })
})
