import { asId } from '@cordon/contract'
import { leakCheck } from '@cordon/testkit'
import { afterAll, expect, it } from 'vitest'
import { createPreviewer } from './create-previewer.ts'
import type { PreviewDraft, PreviewTrail } from './preview-parts.ts'
import { startJudges } from './start-judges.ts'

const noLeaks = leakCheck()
afterAll(noLeaks)

const draft: PreviewDraft = {
  from: 0,
  to: 3_600_000,
  kind: 'exclusion',
  geometry: { type: 'Circle', center: [0, 52], radius: 300 },
  bufferM: 0,
  hours: null,
  policies: [],
}

/** 60 minutes in the middle of the zone. */
function aTrail(wearer: string): PreviewTrail {
  const column = (valueAt: (minute: number) => number) =>
    Float64Array.from({ length: 60 }, (_, minute) => valueAt(minute))
  return {
    wearerId: asId(wearer),
    risk: 'standard',
    orders: [{ from: 0, to: Number.POSITIVE_INFINITY }],
    activation: { activationId: asId(wearer), from: 0, to: null },
    fixes: {
      measuredAt: column(minute => minute * 60_000),
      receivedAt: column(minute => minute * 60_000 + 2_000),
      seq: column(() => 0),
      lon: column(minute => minute / 1e5),
      lat: column(() => 52),
      accuracyM: column(() => 8),
      speedMps: column(() => Number.NaN),
      source: new Uint8Array(60),
    },
  }
}

async function* shares(...trails: readonly PreviewTrail[][]) {
  for (const share of trails) yield await Promise.resolve(share)
}
it('judges every trail of every share, each by the draft of its own preview', async () => {
  const previewer = createPreviewer()
  const previews = await previewer.preview(draft, () => shares([aTrail('1'), aTrail('2')], [], [aTrail('3')]))
  expect(previews.flatMap(({ incidents }) => incidents.map(({ wearerId }) => wearerId)).sort()).toEqual(['1', '2', '3'])
  const elsewhere: PreviewDraft = { ...draft, geometry: { type: 'Circle', center: [1, 52], radius: 300 } }
  const none = await previewer.preview(elsewhere, () => shares([aTrail('1')]))
  expect(none).toEqual([{ incidents: [], nearMisses: [], visits: [] }])
  await previewer.stop()
})

it('fails alone when a trail cannot be read or judged, and the next is made', async () => {
  const previewer = createPreviewer()
  async function* broken() {
    yield await Promise.resolve([aTrail('1')])
    throw new Error('the database is gone')
  }
  await expect(previewer.preview(draft, broken)).rejects.toThrow('the database is gone')
  const worthless = { ...draft, hours: { timeZone: 'Mars/Base', weekly: [] } }
  await expect(previewer.preview(worthless, () => shares([aTrail('1')]))).rejects.toThrow('Mars/Base')
  expect(await previewer.preview(draft, () => shares([aTrail('1')]))).toHaveLength(1)
  await previewer.stop()
})

it('refuses what is asked once it is stopped', async () => {
  const previewer = createPreviewer()
  await previewer.preview(draft, () => shares([aTrail('1')]))
  await previewer.stop()
  await expect(previewer.preview(draft, () => shares([aTrail('1')]))).rejects.toThrow('being stopped')
})

it('is shared by several threads', async () => {
  const judges = startJudges(2)
  judges.take(draft)
  const previews = await Promise.all(['1', '2', '3'].map(id => judges.judge(aTrail(id))))
  expect(previews.map(({ incidents }) => incidents[0]?.wearerId)).toEqual(['1', '2', '3'])
  await judges.stop()
  expect(judges.isRunning()).toBe(false)
  await expect(judges.judge(aTrail('4'))).rejects.toThrow('was stopped')
})
