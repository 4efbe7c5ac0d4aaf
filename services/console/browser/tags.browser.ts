import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { type Colour, openConsole } from './console-page.ts'
import { startFixture } from './fixture/server.ts'
import { createWorld, type World } from './fixture/world.ts'

let browser: Browser

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

test('a breach is drawn in red', async () => {
  const { red, green, blue } = await colourOfBreach(4.2)
  expect(red).toBeGreaterThan(200)
  expect(Math.max(green, blue)).toBeLessThan(130)
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
