import type { ProvisionalAlert } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { createProvisionalBook, provisionalFor } from './provisional-book.ts'

const anAlert = (over: Partial<ProvisionalAlert> = {}): ProvisionalAlert => ({
  ...{ episodeId: 'e1', wearerId: '7', activationId: '8', zoneId: '9', kind: 'exclusion-breach', severity: 'critical' },
  ...{ certainty: 'confirmed', happenedAt: '2026-11-22T06:00:00.000Z', endedAt: null, reason: 'Inside the zone.' },
  ...{ notRecordedSince: '2026-11-22T05:59:00.000Z', position: null },
  ...over,
})

function aBook() {
  const time = { ms: 0 }
  const book = createProvisionalBook(() => time.ms)
  const say = (ids: readonly string[], ingest = 'ingest-1') =>
    book.heard({ ingest, alerts: ids.map(episodeId => anAlert({ episodeId })), leftOut: 0 })
  return { book, say, time, ids: () => book.view().items.map(({ episodeId }) => episodeId) }
}

describe('provisional alerts at a gateway', () => {
  it('leave when the incident is recorded, once, whatever is still on its way', () => {
    const { book, say, ids, time } = aBook()
    say(['e1', 'e2'])
    book.recorded({ episodeId: 'e1', severity: 'critical' })
    expect(ids()).toEqual(['e2'])
    say(['e1', 'e2'])
    expect(ids()).toEqual(['e2'])
    say(['e2'])
    time.ms += 10 * 60_000
    expect(ids()).toEqual(['e2'])
  })

  it('stay for the moment between ingest’s word and the record, and are withdrawn if none comes', () => {
    const { say, ids, time } = aBook()
    say(['e1'])
    say([])
    expect(ids()).toEqual(['e1'])
    time.ms += 4_001
    expect(ids()).toEqual([])
  })

  it('outlive the ingest that told of them, for nobody else knows, but not for ever', () => {
    const { say, ids, time, book } = aBook()
    say(['e1'])
    say(['e2'], 'ingest-2')
    time.ms += 30 * 60_000
    expect(ids()).toEqual(['e1', 'e2'])
    // recorded by the next process of that name
    book.recorded({ episodeId: 'e1', severity: 'critical' })
    time.ms += 2 * 60_000
    expect(ids()).toEqual(['e2'])
    time.ms += 30 * 60_000
    expect(ids()).toEqual([])
  })

  it('are not settled by a record that is less than critical', () => {
    const { book, say, ids } = aBook()
    say(['e1'])
    book.recorded({ episodeId: 'e1', severity: 'serious' })
    expect(ids()).toEqual(['e1'])
  })

  it('are seen of one’s own wearers only, and how many were left out by everybody', () => {
    const { book } = aBook()
    const alerts = [anAlert({ wearerId: '7' }), anAlert({ wearerId: '8', episodeId: 'e2' })]
    book.heard({ ingest: 'ingest-1', alerts, leftOut: 3 })
    const seen = JSON.parse(provisionalFor(book.view(), new Set(['8'])))
    expect(seen).toMatchObject({ items: [{ episodeId: 'e2' }], leftOut: 3 })
    expect(JSON.parse(provisionalFor(book.view(), undefined)).items).toHaveLength(2)
    expect(book.view()).toBe(book.view())
  })
})
