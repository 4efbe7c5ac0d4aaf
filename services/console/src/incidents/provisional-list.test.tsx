import type { ProvisionalAlert } from '@cordon/contract'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createLiveStore } from '../live/live-store.ts'
import { LiveContext } from '../live/use-live.ts'
import type { Api } from '../session/api.ts'
import { DirectoryContext } from '../wearers/use-directory.ts'
import { createWearerDirectory } from '../wearers/wearer-directory.ts'
import { ProvisionalList } from './provisional-list.tsx'

const now = Date.parse('2026-11-22T06:30:00Z')
const alert: ProvisionalAlert = {
  ...{
    episodeId: 'e1',
    wearerId: '11',
    activationId: '21',
    zoneId: '41',
    zoneName: 'Victim address, Kingsthorpe',
    kind: 'exclusion-breach',
    severity: 'critical',
  },
  ...{ certainty: 'confirmed', happenedAt: '2026-11-22T06:29:00Z', endedAt: null, reason: '46 m inside the boundary.' },
  notRecordedSince: '2026-11-22T06:28:00Z',
  position: { lat: 52.2405, lon: -0.9027, accuracy: 8, time: '2026-11-22T06:29:30Z' },
}

async function markupOf(items: readonly ProvisionalAlert[], leftOut = 0): Promise<string> {
  const store = createLiveStore(() => now)
  store.receive({ type: 'provisional', items: [...items], leftOut })
  const api = { list: () => Promise.resolve([{ id: '11', name: 'Daniel Ellis', reference: 'EM197111' }]) }
  const directory = createWearerDirectory(api as unknown as Api, () => now)
  await directory.load()
  return renderToStaticMarkup(
    <DirectoryContext value={directory}>
      <LiveContext value={store}>
        <ProvisionalList onSelect={() => undefined} onShow={() => undefined} />
      </LiveContext>
    </DirectoryContext>,
  )
}

test('nothing is shown while everything is on record', async () => {
  expect(await markupOf([])).toBe('')
})

test('a breach that is not on record says so in words, who and where, and offers nothing but to look', async () => {
  const markup = await markupOf([alert])
  for (const words of [
    'NOT YET RECORDED (1)',
    'Critical, not yet recorded',
    'Daniel Ellis',
    '“Victim address, Kingsthorpe”',
    '46 m inside',
    'SP 7502 6082',
  ]) {
    expect(markup).toContain(words)
  }
  const buttons = [...markup.matchAll(/<button[^>]*>([^<]*)/g)].map(([, words]) => words)
  expect(buttons).toEqual(['See wearer', 'See place'])
})

test('without a place there is none to look at, and what could not be listed is counted', async () => {
  const markup = await markupOf([{ ...alert, position: null }], 12)
  expect(markup).toContain('NOT YET RECORDED (13)')
  expect(markup).toContain('12 more are known and cannot be listed.')
  expect(markup).toMatch(/<button[^>]*disabled=""[^>]*>See place/)
})
