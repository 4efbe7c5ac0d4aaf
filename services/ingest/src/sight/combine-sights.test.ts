import type { LiveSight } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { combineSights } from './combine-sights.ts'

const clear: LiveSight = {
  oldestHeldSeconds: 0,
  notKeptSince: null,
  brokerAwaySeconds: 0,
  databaseAwaySeconds: 0,
  fullSince: null,
  silentSeconds: 1,
  silentLimitSeconds: 10,
  tagsExpected: 5,
  newestFixAt: '2026-11-22T06:00:00.000Z',
  provisional: 0,
  tagsRefused: 0,
}

describe('several flows of one ingest', () => {
  it('are as blind as the worst of them, whichever comes first', () => {
    const blind: LiveSight = {
      ...clear,
      oldestHeldSeconds: 7,
      notKeptSince: '2026-11-22T05:00:00.000Z',
      fullSince: '2026-11-22T05:30:00.000Z',
      silentSeconds: 11,
      provisional: 2,
      tagsRefused: 1,
      newestFixAt: null,
    }
    const expected = { ...blind, tagsExpected: 10, newestFixAt: clear.newestFixAt }
    expect(combineSights([clear, blind])).toEqual(expected)
    expect(combineSights([blind, clear])).toEqual(expected)
  })

  it('are not silent because one has no tags, nor heard because another is', () => {
    const idle: LiveSight = { ...clear, silentSeconds: 900, silentLimitSeconds: null, tagsExpected: 0 }
    expect(combineSights([idle, clear])).toMatchObject({ silentSeconds: 1, silentLimitSeconds: 10 })
    const dumb: LiveSight = { ...clear, silentSeconds: 60 }
    expect(combineSights([clear, idle, dumb])).toMatchObject({ silentSeconds: 60, silentLimitSeconds: 10 })
  })

  it('see nothing wrong where there are none: others have every partition', () => {
    expect(combineSights([])).toMatchObject({ silentLimitSeconds: null, tagsExpected: 0, brokerAwaySeconds: 0 })
  })
})
