import type { SnapshotMessage } from '@cordon/contract'
import { expect, test } from 'vitest'
import { applyIncident, applySnapshot, emptyBook, rememberIncident } from './incident-book.ts'
import { anIncident } from './incident-builder.ts'

function aSnapshot(over: Partial<SnapshotMessage>): SnapshotMessage {
  return {
    type: 'snapshot',
    complete: true,
    positions: [],
    incidents: [],
    cursor: 'c1',
    provisional: { items: [], leftOut: 0 },
    ...over,
  }
}

const taken = anIncident({ state: 'acknowledged', owner: 'sam', changedAt: '2026-11-22T06:31:00.000Z' })

test('a complete snapshot replaces everything, so that what it leaves out is gone', () => {
  const before = applySnapshot(emptyBook, aSnapshot({ incidents: [anIncident({ id: '1' }), anIncident({ id: '2' })] }))
  const after = applySnapshot(before, aSnapshot({ incidents: [anIncident({ id: '2' })], cursor: 'c2' }))
  expect([...after.byId.keys()]).toEqual(['2'])
  expect(after.cursor).toBe('c2')
})

test('a snapshot since a cursor adds what changed and keeps the rest', () => {
  const before = applySnapshot(emptyBook, aSnapshot({ incidents: [anIncident({ id: '1' }), anIncident({ id: '2' })] }))
  const after = applySnapshot(
    before,
    aSnapshot({ complete: false, incidents: [anIncident({ id: '3' })], cursor: 'c9' }),
  )
  expect([...after.byId.keys()]).toEqual(['1', '2', '3'])
})

test('an older change that arrives later does not undo a newer one, but its cursor counts', () => {
  const book = rememberIncident(applySnapshot(emptyBook, aSnapshot({})), taken)
  const after = applyIncident(book, {
    type: 'incident',
    cursor: 'c5',
    change: 'raised',
    incident: anIncident(),
  })
  expect(after.byId.get('1')?.owner).toBe('sam')
  expect(after.cursor).toBe('c5')
})

test('the book before a change is untouched', () => {
  const before = applySnapshot(emptyBook, aSnapshot({ incidents: [anIncident()] }))
  rememberIncident(before, taken)
  expect(before.byId.get('1')?.state).toBe('open')
})

test('of closed incidents only the last hundred are kept, of open ones every one', () => {
  const at = (index: number) => new Date(Date.UTC(2026, 10, 22, 0, 0, index)).toISOString()
  const closed = Array.from({ length: 150 }, (_, index) =>
    anIncident({ id: `c${index}`, state: 'closed', changedAt: at(index) }),
  )
  const open = Array.from({ length: 2000 }, (_, index) => anIncident({ id: `o${index}` }))
  const { byId } = applySnapshot(emptyBook, aSnapshot({ incidents: [...closed, ...open] }))
  expect(byId.size).toBe(2100)
  expect(byId.has('c49')).toBe(false)
  expect(byId.has('c50')).toBe(true)
})
