import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readClientMessage } from './client-message.ts'

it('takes any bytes, and calls a message only what is one', () => {
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.json().map(text => Buffer.from(text)),
  )
  fc.assert(
    fc.property(bytes, data => {
      const read = readClientMessage(Buffer.from(data))
      return read.ok ? ['subscribe', 'unsubscribe', 'pong'].includes(read.message.type) : read.detail !== ''
    }),
  )
})

it('takes every subscription of the documents', () => {
  const positions = [undefined, true, { bbox: [-1, 52, 0, 53] }, { wearerIds: ['1', '2'] }]
  for (const asked of positions) {
    const message = { type: 'subscribe', positions: asked, incidents: true, since: '12' }
    expect(readClientMessage(Buffer.from(JSON.stringify(message)))).toMatchObject({ ok: true })
  }
})
