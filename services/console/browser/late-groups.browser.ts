import { mkdirSync } from 'node:fs'
import type { Incident } from '@cordon/contract'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { type ConsolePage, openConsole } from './console-page.ts'
import { incidentFor } from './fixture/incidents.ts'
import { type FixtureServer, startFixture } from './fixture/server.ts'
import { createWorld, type World } from './fixture/world.ts'
import { listenForTones } from './listen-for-tones.ts'

const pictures = new URL('./dist/', import.meta.url)
const zone = { zoneId: '777', zoneName: 'Market square' }

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
  for (const id of [...world.incidents.keys()]) world.incidents.delete(id)
  server = await startFixture(world)
})
afterEach(async () => {
  expect(console.faults).toEqual([])
  await console.close()
  await server.stop()
})

function anIncidentOf(index: number, over: Partial<Incident> & { readonly id: string }): Incident {
  const wearer = world.wearers[index]
  if (wearer === undefined) throw new Error('The world is too small')
  const kind = 'exclusion-breach'
  return incidentFor(wearer, { kind, severity: 'critical', episodeId: `e${over.id}`, ...over }, Date.now())
}
/** Critical, told late and over: the later its number, the later it happened. */
function aLateOne(index: number): Incident {
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  const when = { happenedAt: at(120 - index), endedAt: at(119 - index) }
  return anIncidentOf(index, { id: String(5_000 + index), late: true, conclusion: 'left', ...zone, ...when })
}
const group = () => console.page.locator('.queue-group')
const rows = () => console.page.locator('[data-incident]')

test.each(['dark', 'light'] as const)(
  'a flood of late ones is one row with their number, and axe finds nothing: %s',
  async theme => {
    for (let index = 0; index < 37; index++) server.raise(aLateOne(index))
    server.raise(anIncidentOf(150, { id: '1' }))
    console = await openConsole(browser, { baseUrl: server.url, theme })
    await console.waitForLive()
    await group().getByText('37 late incidents, all over').waitFor()
    await group().getByText('“Market square”').waitFor()
    expect(await rows().count()).toBe(1)
    const [live, late] = await Promise.all([rows().first().boundingBox(), group().boundingBox()])
    expect(live?.y).toBeLessThan(late?.y ?? 0)
    await console.screenshot(new URL(`late-group-${theme}.png`, pictures).pathname)
    expect(await console.accessibilityFaults()).toEqual([])
    await group().click()
    await rows().nth(1).waitFor()
    await console.screenshot(new URL(`late-group-open-${theme}.png`, pictures).pathname)
    expect(await console.accessibilityFaults()).toEqual([])
  },
)

test('the keyboard opens it, the newest first, and closes it; more that come leave it open and are counted', async () => {
  for (let index = 0; index < 12; index++) server.raise(aLateOne(index))
  console = await openConsole(browser, { baseUrl: server.url, viewport: { width: 1400, height: 1700 } })
  const { page } = console
  await console.waitForLive()
  await group().focus()
  expect(await group().getAttribute('aria-expanded')).toBe('false')
  await page.keyboard.press('Enter')
  await rows().nth(11).waitFor()
  expect(await group().getAttribute('aria-expanded')).toBe('true')
  const ids = await rows().evaluateAll(found => found.map(row => row.getAttribute('data-incident')))
  expect(ids).toEqual(Array.from({ length: 12 }, (_, index) => String(5_011 - index)))
  server.raise(aLateOne(12))
  await group().getByText('13 late incidents, all over').waitFor()
  await page.keyboard.press('Space')
  await rows().first().waitFor({ state: 'detached' })
  expect(await group().evaluate(row => row === document.activeElement)).toBe(true)
  expect(await group().getAttribute('aria-expanded')).toBe('false')
})

test('a flood that comes is heard once; a live one in the middle of it at once', async () => {
  console = await openConsole(browser, { baseUrl: server.url })
  const tones = await listenForTones(console)
  for (let index = 0; index < 30; index++) server.raise(aLateOne(index))
  await group().getByText('30 late incidents').waitFor()
  expect(await tones.critical()).toHaveLength(1)
  server.raise(anIncidentOf(150, { id: '1' }))
  await console.page.locator('[data-incident="1"]').waitFor()
  for (let index = 30; index < 40; index++) server.raise(aLateOne(index))
  await group().getByText('40 late incidents').waitFor()
  const [first, second, ...more] = await tones.critical()
  expect(second).toBeGreaterThan(first ?? Number.POSITIVE_INFINITY)
  // while the machine is slow the live one may have begun to repeat; none of the ten may sound
  for (const atMs of more) expect(atMs - (second ?? 0)).toBeGreaterThanOrEqual(3_900)
})
