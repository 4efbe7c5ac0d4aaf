import { tagTopics } from '@cordon/live'
import type { BrokerCredentials } from '@cordon/store'
import { describe, expect, it } from 'vitest'
import { chooseRepair } from './choose-repair.ts'

const registered: BrokerCredentials = {
  username: 'tag-1',
  kind: 'tag',
  protocol: 'cordon',
  credentials: 'password',
  version: 2,
  isRevoked: false,
}
const certificate: BrokerCredentials = { ...registered, credentials: 'certificate' }
const open = { ...tagTopics('tag-1', 'cordon'), version: 2, isEnabled: true, hasMore: false }
const shut = { publish: [], subscribe: [], version: 2, isEnabled: false, hasMore: false }

describe('what is done with an account at the broker', () => {
  it('is nothing when it is what the register says', () => {
    expect(chooseRepair(registered, open)).toBe('none')
    expect(chooseRepair(certificate, open)).toBe('none')
    expect(chooseRepair({ ...registered, isRevoked: true }, shut)).toBe('none')
    expect(chooseRepair({ ...registered, isRevoked: true }, undefined)).toBe('none')
    expect(chooseRepair(undefined, shut)).toBe('none')
    const forwarder = { ...registered, kind: 'forwarder', username: 'forwarder.main', protocol: 'traccar' } as const
    expect(chooseRepair(forwarder, { ...open, publish: ['traccar/positions'], subscribe: [] })).toBe('none')
  })

  it('is to shut a revoked one, however little of it is open, and one that the register does not know', () => {
    for (const there of [open, { ...shut, isEnabled: true }, { ...shut, hasMore: true }, { ...shut, publish: ['x'] }]) {
      expect(chooseRepair({ ...registered, isRevoked: true }, there)).toBe('shut')
      expect(chooseRepair(undefined, there)).toBe('shut')
    }
  })

  it('is to shut one that came back with an old password, and then to say that its password is lost', () => {
    expect(chooseRepair(registered, { ...open, version: 1 })).toBe('shut')
    expect(chooseRepair(registered, { ...shut, version: 1 })).toBe('lost')
    expect(chooseRepair(registered, undefined)).toBe('lost')
  })

  it('is to make one that needs no password', () => {
    expect(chooseRepair(certificate, undefined)).toBe('make')
    expect(chooseRepair(certificate, { ...open, version: 1 })).toBe('make')
  })

  it('is to give it its own rights when it has others, more or none', () => {
    for (const there of [shut, { ...open, hasMore: true }, { ...open, publish: [...open.publish, 'other'] }]) {
      expect(chooseRepair(registered, there)).toBe('open')
    }
  })
})
