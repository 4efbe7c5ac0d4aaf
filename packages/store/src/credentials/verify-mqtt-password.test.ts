import { aTag, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertForwarder } from '../register/insert-forwarder.ts'
import { hashMqttPassword, verifyMqttPassword } from './verify-mqtt-password.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await aTag(database.store, { id: 'phone/kim', protocol: 'owntracks', password: 'correct' })
  await insertForwarder(database.store, { id: 'main', source: 'traccar', passwordHash: hashMqttPassword('battery') })
})
afterAll(() => database.drop())

const verify = (username: string, password: string) => verifyMqttPassword(database.store, username, password)

describe('MQTT credentials', () => {
  it('of a tag are its id and password', async () => {
    expect(await verify('phone/kim', 'correct')).toEqual({
      ...{ kind: 'tag', tagId: 'phone/kim', protocol: 'owntracks', version: 1 },
    })
  })

  it('of a forwarder are forwarder.{id} and its password', async () => {
    expect(await verify('forwarder.main', 'battery')).toEqual({
      ...{ kind: 'forwarder', id: 'main', source: 'traccar', version: 1 },
    })
  })

  it.each([
    ['phone/kim', 'battery'],
    ['phone/kim', ''],
    ['nobody', 'correct'],
    ['main', 'battery'],
    ['forwarder.phone/kim', 'correct'],
    ['forwarder.', 'battery'],
    ['', ''],
    ['phone/kim\0', 'correct'],
  ])('that are wrong are nobody’s: %j %j', async (username, password) => {
    expect(await verify(username, password)).toBeNull()
  })
})
