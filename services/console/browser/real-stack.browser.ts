import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunningProcess, startProcess } from '@cordon/runtime'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { type ConsolePage, openConsole } from './console-page.ts'

/** `npm start` as a newcomer has it: embedded database and broker, 200 simulated wearers, and the console in Chromium. */
const local = fileURLToPath(new URL('../../local/dist/main.js', import.meta.url))
const picture = fileURLToPath(new URL('../../../docs/console.png', import.meta.url))

let dataDir: string
let browser: Browser
let cordon: RunningProcess
let baseUrl: string
let view: ConsolePage
const lines: string[] = []

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'cordon-browser-'))
  const [http, mqtt] = [await freePort(), await freePort()]
  baseUrl = `http://127.0.0.1:${http}`
  const settings = { CORDON_HTTP_PORT: String(http), CORDON_MQTT_PORT: String(mqtt), CORDON_DATA_DIR: dataDir }
  cordon = await startProcess({
    ...{ name: 'npm start', command: process.execPath, args: [local], env: { ...process.env, ...settings } },
    isReady: () => Promise.resolve(lines.some(line => line.includes('Ctrl+C stops it'))),
    readyMs: 90_000,
    onLine: line => lines.push(line),
  })
  browser = await launchChromium()
  const [, name = '', password = ''] = /Sign in +(\S+) \/ (\S+)/.exec(lines.join('\n')) ?? []
  view = await openConsole(browser, { baseUrl, account: { name, password } })
})

afterAll(async () => {
  await view?.close()
  await browser?.close()
  await cordon?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

test('within two minutes a newcomer has a breach on the map, its zone and circle drawn, and axe finds nothing', async () => {
  await view.waitForLive()
  await view.page.getByRole('button', { name: 'Start shift' }).click()
  await view.incidentRow('Exclusion zone entry').waitFor({ timeout: 120_000 })
  await view.selectIncident('Exclusion zone entry')
  await view.showOnMap()
  // Twice nearer, so that a circle of 20 m is wider than the ring around the tag.
  for (let nearer = 0; nearer < 2; nearer++) {
    await view.page.getByRole('button', { name: 'Zoom in' }).click()
    await view.page.waitForTimeout(500)
    await view.page.locator('.map-canvas[data-state="settled"]').waitFor({ state: 'attached' })
  }
  await expect.poll(legendTotal, { timeout: 60_000 }).toBe(200)
  expect(await view.accessibilityFaults()).toEqual([])
  await view.screenshot(process.env.CORDON_PICTURE === '1' ? picture : join(dataDir, 'console.png'))
  expect(view.faults).toEqual([])
})

/** How many wearers the legend counts, of all kinds. */
async function legendTotal(): Promise<number> {
  const counts = await view.page.locator('.map-legend dd').allTextContents()
  return counts.map(text => Number(text.replaceAll(/\D/g, ''))).reduce((sum, count) => sum + count, 0)
}
