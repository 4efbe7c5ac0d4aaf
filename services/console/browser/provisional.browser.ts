import { mkdirSync } from 'node:fs'
import type { ProvisionalAlert } from '@cordon/contract'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { type ConsolePage, openConsole } from './console-page.ts'
import { activationOf, zoneOf } from './fixture/ids.ts'
import { incidentFor } from './fixture/incidents.ts'
import { type FixtureServer, startFixture } from './fixture/server.ts'
import { createWorld, type World } from './fixture/world.ts'
import { listenForTones } from './listen-for-tones.ts'

const pictures = new URL('./dist/', import.meta.url)
const episodeId = 'exclusion-breach/1042/told-before-it-was-recorded'

let browser: Browser
let world: World
let server: FixtureServer
let console: ConsolePage

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  browser = await launchChromium()
})
afterAll(async () => browser.close())
beforeEach(async () => {
  world = createWorld(200, Date.now())
  server = await startFixture(world)
})
afterEach(async () => {
  expect(console.faults).toEqual([])
  await console.close()
  await server.stop()
})

function aWearer() {
  const wearer = world.wearers[42]
  if (wearer === undefined) throw new Error('The world is too small')
  return wearer
}

/** A minute ago somebody went into a zone, and for half a minute nothing has been recorded. */
function anAlert(over: Partial<ProvisionalAlert> = {}): ProvisionalAlert {
  const { id } = aWearer()
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()
  const position = world.positions[42]
  return {
    ...{ episodeId, wearerId: id, activationId: activationOf(id), zoneId: zoneOf(id) },
    ...{ zoneName: 'Victim address, Kingsthorpe', kind: 'exclusion-breach', severity: 'critical' },
    ...{ certainty: 'confirmed', happenedAt: ago(60), endedAt: null, notRecordedSince: ago(30) },
    reason: 'Inside the exclusion zone: 46 m inside the boundary, circle 6 m, P > 0.99.',
    position:
      position === undefined ? null : { lat: position.lat, lon: position.lon, accuracy: 6, time: position.time },
    ...over,
  }
}
const tell = (...items: readonly ProvisionalAlert[]) =>
  server.send({ type: 'provisional', items: [...items], leftOut: 0 })
const record = () =>
  server.raise(
    incidentFor(aWearer(), { id: '9990', episodeId, severity: 'critical', kind: 'exclusion-breach' }, Date.now()),
  )
const block = () => console.page.getByRole('region', { name: 'Not yet recorded' })

test.each(['dark', 'light'] as const)(
  'stands above the queue, names who and where, and axe finds nothing: %s',
  async theme => {
    console = await openConsole(browser, { baseUrl: server.url, theme })
    const { page } = console
    await console.waitForLive()
    tell(anAlert())
    await block().waitFor()
    for (const words of [
      'NOT YET RECORDED (1)',
      'Exclusion zone entry',
      aWearer().name,
      'Victim address, Kingsthorpe',
    ]) {
      await block().getByText(words).first().waitFor()
    }
    await page.locator('[data-alarm="provisional"]').waitFor()
    const [top, queue] = await Promise.all([block().boundingBox(), page.locator('.queue-tabs').boundingBox()])
    expect(top?.y).toBeLessThan(queue?.y ?? 0)
    await console.screenshot(new URL(`provisional-${theme}.png`, pictures).pathname)
    expect(await console.accessibilityFaults()).toEqual([])
  },
)

test('what can be done is to see who and where, with the keyboard as well; nobody can take it', async () => {
  console = await openConsole(browser, { baseUrl: server.url })
  const { page } = console
  await console.waitForLive()
  tell(anAlert())
  await block().waitFor()
  expect(await block().getByRole('button').allTextContents()).toEqual(['See wearer', 'See place'])
  await block().getByRole('button', { name: 'See wearer' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.wearer', { hasText: aWearer().name }).waitFor()
})

test('several, with one more than can be listed, leave the queue in reach on a small screen', async () => {
  console = await openConsole(browser, { baseUrl: server.url, viewport: { width: 1200, height: 720 } })
  const { page } = console
  await console.waitForLive()
  const items = ['a', 'b', 'c', 'd'].map(id =>
    anAlert({
      episodeId: id,
      zoneId: null,
      zoneName: null,
      kind: 'strap-tamper',
      reason: 'The tag reports that its strap was cut or opened.',
    }),
  )
  server.send({ type: 'provisional', items, leftOut: 1 })
  await block().getByText('NOT YET RECORDED (5)').waitFor()
  await console.screenshot(new URL('provisional-several.png', pictures).pathname)
  const queue = await page.locator('.queue-body').boundingBox()
  expect(queue?.height).toBeGreaterThan(150)
  expect(await console.accessibilityFaults()).toEqual([])
})

test.each(['the record comes first', 'the alert leaves first'])(
  'becomes the recorded incident once, and is heard once, when %s',
  async order => {
    // nothing else may call
    for (const id of [...world.incidents.keys()]) world.incidents.delete(id)
    console = await openConsole(browser, { baseUrl: server.url })
    const { page } = console
    const tones = await listenForTones(console)
    tell(anAlert())
    await block().waitFor()
    const steps = [record, () => tell()]
    if (order === 'the alert leaves first') steps.reverse()
    for (const step of steps) step()
    await page.locator('[data-incident="9990"]').waitFor()
    await block().waitFor({ state: 'detached' })
    await page.locator('[data-alarm="provisional"]').waitFor({ state: 'detached' })
    expect(await page.locator('[data-incident="9990"]').count()).toBe(1)
    // the siren repeats every 4 s until somebody takes it: whatever sounds in between was a second one
    expect(await tones.critical()).toHaveLength(1)
  },
)
