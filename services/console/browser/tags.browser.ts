import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { type Colour, openConsole } from './console-page.ts'
import { startFixture } from './fixture/server.ts'
import { createWorld, type World } from './fixture/world.ts'

let browser: Browser

/** Old enough that the fixture no longer moves the tag, young enough to be drawn as live. */
const stillMinutes = 4.2

function isRed({ red, green, blue }: Colour): boolean {
  return red > 200 && Math.max(green, blue) < 130
}

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(async () => browser.close())

/** The colour drawn for the wearer of a strap tamper whose last fix is so old. */
async function colourOfBreach(ageMinutes: number): Promise<Colour> {
  const world = createWorld(200, Date.now())
  setAge(world, 'strap-tamper', ageMinutes)
  const server = await startFixture(world)
  const console = await openConsole(browser, { baseUrl: server.url })
  try {
    await console.waitForLive()
    await console.selectIncident('Strap tamper')
    await console.showOnMap()
    return await console.colourAtMapCentre()
  } finally {
    await console.close()
    await server.stop()
  }
}

function setAge(world: World, kind: string, minutes: number): void {
  const affected = new Set(
    [...world.incidents.values()].filter(incident => incident.kind === kind).map(({ wearerId }) => wearerId),
  )
  for (const [index, position] of world.positions.entries()) {
    if (!affected.has(position.wearerId)) continue
    world.positions[index] = { ...position, time: new Date(Date.now() - minutes * 60_000).toISOString() }
  }
}

test('when the graphics context is lost the list takes over, and the map comes back with it', async () => {
  const world = createWorld(200, Date.now())
  setAge(world, 'strap-tamper', stillMinutes)
  const server = await startFixture(world)
  const console = await openConsole(browser, { baseUrl: server.url })
  const { page } = console
  await console.waitForLive()
  await console.selectIncident('Strap tamper')
  await console.showOnMap()
  const context = await page.evaluateHandle(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.map-canvas canvas')
    return canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')
  })
  await context.evaluate(extension => extension?.loseContext())
  await page.locator('[data-alarm="map"]').waitFor()
  await page.locator('.positions-row').nth(3).waitFor()
  await context.evaluate(extension => extension?.restoreContext())
  await page.locator('[data-alarm="map"]').waitFor({ state: 'detached' })
  await expect.poll(async () => isRed(await console.colourAtMapCentre()), { timeout: 30_000 }).toBe(true)
  await console.close()
  await server.stop()
})

test('a breach is drawn in red', async () => {
  expect(await colourOfBreach(stillMinutes)).toSatisfy(isRed)
})

test('a breach last seen 8 minutes ago is grey', async () => {
  const { red, blue } = await colourOfBreach(8)
  expect(red).toBeGreaterThan(100)
  expect(blue).toBeGreaterThan(red)
})

test('one last seen 20 minutes ago is struck out: the stroke goes through its middle', async () => {
  const { red, green, blue } = await colourOfBreach(20)
  expect(red + green + blue).toBeLessThan(180)
})
