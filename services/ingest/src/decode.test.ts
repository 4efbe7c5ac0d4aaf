import type { ActivationId, TagId, TagProtocol } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { createAllowance } from './allowance.ts'
import { decode } from './decode.ts'
import { decodeFresh } from './decode-fresh.ts'
import type { KnownActivation, Register } from './register/register.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'
import { aKnownActivation } from './testing/a-known-activation.ts'

const NOW = Date.UTC(2026, 10, 22, 6)
const HOUR = 3_600_000

const activation = (id: string, from: number, to: number | null = null): KnownActivation =>
  aKnownActivation({ id, from, to, wearerId: `wearer of ${id}` })

function aRegister(
  activations: readonly KnownActivation[],
  { protocol = 'cordon', isRevoked = false }: { readonly protocol?: TagProtocol; readonly isRevoked?: boolean } = {},
): Register {
  return {
    tag: id => (id === 'tag-1' ? { protocol, isRevoked, activations } : undefined),
    activation: id => activations.find(known => known.id === id),
    activations: () => activations,
  }
}

const fix = (ago: number, seq: number) => ({ time: NOW - ago, seq, lat: 52.24, lon: -0.9, accuracy: 8 })
const message = (said: unknown, topic = 'cordon/v1/tags/tag-1/fixes'): ReceivedMessage => ({
  ...{ topic, payload: Buffer.from(JSON.stringify(said)), receivedAt: NOW, connection: 1, messageId: 1 },
})

describe('decode', () => {
  it('places each fix in the activation it was measured in, also when the tag has moved on to another wearer', () => {
    const first = activation('1', NOW - 10 * HOUR, NOW - 5 * HOUR)
    const second = activation('2', NOW - 4 * HOUR)
    const said = [fix(11 * HOUR, 1), fix(6 * HOUR, 2), fix(4.5 * HOUR, 3), fix(HOUR, 4)]
    const { fixes, rejected } = decode([message(said)], aRegister([first, second]))
    expect(fixes.map(item => [item.fix.seq, item.activation.id])).toEqual([
      [1, '1'],
      [2, '1'],
      [3, '1'],
      [4, '2'],
    ])
    expect(rejected).toEqual([])
  })

  it('keeps the good items of a message that has bad ones', () => {
    const { fixes, rejected } = decode([message([fix(0, 1), { lat: 1 }, fix(1, 2)])], aRegister([activation('1', 0)]))
    expect(fixes).toHaveLength(2)
    expect(rejected).toMatchObject([{ tagId: 'tag-1', rejection: { index: 1 } }])
  })

  it('takes events, status and acknowledgements of a tag', () => {
    const register = aRegister([activation('1', 0)])
    const topics = 'cordon/v1/tags/tag-1'
    const said = decode(
      [
        message({ time: NOW, seq: 1, type: 'strap-cut' }, `${topics}/events`),
        message({ online: true }, `${topics}/status`),
        message({ id: 'c-1', time: NOW, result: 'ok' }, `${topics}/acks`),
      ],
      register,
    )
    expect(said.rejected).toEqual([])
    expect(said).toMatchObject({
      events: [{ activation: { id: '1' }, event: { type: 'strap-cut' } }],
      statuses: [{ tagId: 'tag-1', status: { online: true } }],
      acks: [{ tagId: 'tag-1', ack: { commandId: 'c-1' } }],
    })
  })

  it.each([
    ['unknown-tag', message([fix(0, 1)], 'cordon/v1/tags/tag-9/fixes'), aRegister([])],
    ['not-fitted', message([fix(0, 1)]), aRegister([])],
    ['wrong-protocol', message([fix(0, 1)]), aRegister([activation('1', 0)], { protocol: 'traccar' })],
    ['revoked-tag', message([fix(0, 1)]), aRegister([activation('1', 0)], { isRevoked: true })],
  ])('refuses with %s', (code, sent, register) => {
    const { fixes, rejected } = decode([sent], register)
    expect(fixes).toEqual([])
    expect(rejected).toMatchObject([{ message: sent, rejection: { code } }])
  })
})

describe('decode, of a tag that says more than is kept of one', () => {
  it('takes what the allowance has, and gives the rest as one rejection', () => {
    const messages = Array.from({ length: 900 }, (_, index) => message([fix(index % 3, index)]))
    const { fixes, rejected } = decode(messages, aRegister([activation('1', 0)]), createAllowance(2))
    expect(fixes.map(({ fix: { seq } }) => seq)).toEqual(Array.from({ length: 800 }, (_, index) => index))
    expect(rejected).toMatchObject([{ tagId: 'tag-1', seen: 100, rejection: { code: 'too-many' } }])
  })
})

describe('decodeFresh', () => {
  /** Fitted in the database at `fittedAt`, known here with the next refresh. */
  function aLateRegister(readAt: number) {
    const late = { refreshes: 0, fitted: false }
    const known = () => aRegister(late.fitted ? [activation('1', 0)] : [])
    return Object.assign(late, {
      tag: (id: TagId) => known().tag(id),
      activation: (id: ActivationId) => known().activation(id),
      activations: () => known().activations(),
      readAt: () => readAt,
      refresh: () => {
        late.refreshes++
        late.fitted = true
        return Promise.resolve()
      },
    })
  }

  it('asks the database again before it refuses a tag that was fitted a moment ago', async () => {
    const register = aLateRegister(NOW - 400)
    const { fixes, rejected } = await decodeFresh([message([fix(0, 1)]), message([fix(1, 2)])], register)
    expect(fixes).toHaveLength(2)
    expect(rejected).toEqual([])
    expect(register.refreshes).toBe(1)
  })

  it('does not ask when the register was read after the message came, or the message is at fault itself', async () => {
    const read = aLateRegister(NOW + 1)
    expect((await decodeFresh([message([fix(0, 1)])], read)).rejected).toMatchObject([
      { rejection: { code: 'not-fitted' } },
    ])
    expect(read.refreshes).toBe(0)
    const late = aLateRegister(NOW - 400)
    await decodeFresh([message('no fix')], late)
    expect(late.refreshes).toBe(0)
  })

  it('refuses nothing when the database cannot be asked', async () => {
    const register = { ...aLateRegister(NOW - 400), refresh: () => Promise.reject(new Error('away')) }
    await expect(decodeFresh([message([fix(0, 1)])], register)).rejects.toThrow('away')
  })
})
