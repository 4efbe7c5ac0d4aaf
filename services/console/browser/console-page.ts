import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

/** The console as a test uses it, on the fixture or on the real services. */
export type ConsolePage = {
  readonly page: Page
  /** Requests outside the origin, console errors, exceptions and CSP violations so far: must stay empty. */
  readonly faults: readonly string[]
  /** Takes out the faults that a test has caused on purpose; there must be some. */
  readonly forgive: (pattern: RegExp) => void
  /** Until the stream is live and tags are on the map. */
  readonly waitForLive: () => Promise<void>
  readonly incidentRow: (text: string) => Locator
  /** Chooses the first incident of the queue whose row holds the text, and waits for its record. */
  readonly selectIncident: (text: string) => Promise<void>
  /** Flies to the selected wearer and waits until the map stands still. */
  readonly showOnMap: () => Promise<void>
  readonly screenshot: (path: string) => Promise<void>
  /** The colour in the middle of the map as it is on the screen, 0 to 255. */
  readonly colourAtMapCentre: () => Promise<Colour>
  /** What axe finds against WCAG 2.2 AA, one line per fault. */
  readonly accessibilityFaults: () => Promise<string[]>
  readonly close: () => Promise<void>
}

export type Colour = { readonly red: number; readonly green: number; readonly blue: number }

export type ConsoleOptions = {
  readonly baseUrl: string
  readonly theme?: 'dark' | 'light'
  readonly viewport?: { readonly width: number; readonly height: number }
  /** Signs in by the form at `/sign-in` first. */
  readonly account?: { readonly name: string; readonly password: string }
  readonly context?: BrowserContextOptions
}

const defaultViewport = { width: 1400, height: 788 }

export async function openConsole(browser: Browser, options: ConsoleOptions): Promise<ConsolePage> {
  const context = await browser.newContext({
    viewport: options.viewport ?? defaultViewport,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...options.context,
  })
  const page = await context.newPage()
  const faults = collectFaults(page, new URL(options.baseUrl).origin)
  const theme = options.theme ?? 'dark'
  await page.addInitScript(chosen => localStorage.setItem('cordon.theme', chosen), theme)
  if (options.account) await signIn(page, options.baseUrl, options.account)
  await page.goto(options.baseUrl)
  return {
    page,
    faults,
    forgive: pattern => forgive(faults, pattern),
    ...createSteps(page),
    close: () => context.close(),
  }
}

type Account = { readonly name: string; readonly password: string }

/** The gateway's plain form: the only two fields that it has. */
async function signIn(page: Page, baseUrl: string, { name, password }: Account): Promise<void> {
  await page.goto(new URL('/sign-in', baseUrl).href)
  await page.locator('input:not([type="password"]):not([type="hidden"])').first().fill(name)
  await page.locator('input[type="password"]').fill(password)
  await page.locator('button[type="submit"], input[type="submit"]').first().click()
  await page.waitForURL(url => url.pathname === '/')
}

function collectFaults(page: Page, origin: string): string[] {
  const faults: string[] = []
  page.on('request', request => {
    const url = new URL(request.url())
    const isLocal = url.protocol === 'data:' || url.protocol === 'blob:' || url.host === new URL(origin).host
    if (!isLocal) faults.push(`request outside the origin: ${request.url()}`)
  })
  page.on('console', message => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', error => faults.push(`exception: ${error.message}`))
  return faults
}

function forgive(faults: string[], pattern: RegExp): void {
  const kept = faults.filter(fault => !pattern.test(fault))
  if (kept.length === faults.length) throw new Error(`No fault matches ${pattern}`)
  faults.splice(0, faults.length, ...kept)
}

function createSteps(page: Page) {
  const incidentRow = (text: string) => page.locator('.queue-row', { hasText: text }).first()
  const waitForMap = () => page.locator('.map-canvas[data-state="settled"]').waitFor({ state: 'attached' })
  return {
    incidentRow,
    waitForLive: async () => {
      await page.locator('.feed:not(.faulty)').waitFor()
      await page.waitForFunction(() =>
        [...document.querySelectorAll('.map-legend dd')].some(count => count.textContent !== '0'),
      )
      await waitForMap()
    },
    selectIncident: async (text: string) => {
      await incidentRow(text).click()
      // Attached, not visible: on a narrow screen the record is behind its tab.
      await page.locator('.wearer h2', { hasText: 'Conditions' }).waitFor({ state: 'attached' })
    },
    showOnMap: async () => {
      await page.getByRole('button', { name: 'Show wearer' }).click()
      await waitForMap()
    },
    screenshot: async (path: string) => {
      await page.screenshot({ path })
    },
    colourAtMapCentre: () => colourAtMapCentre(page),
    accessibilityFaults: async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
      )
    },
  }
}

/** A WebGL canvas cannot be read after it was shown, so the screenshot is, by the browser's own decoder. */
async function colourAtMapCentre(page: Page): Promise<Colour> {
  const box = await page.locator('.map-canvas').boundingBox()
  if (box === null) throw new Error('The map is not on the screen')
  const clip = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2), width: 1, height: 1 }
  const picture = (await page.screenshot({ clip })).toString('base64')
  return page.evaluate(async encoded => {
    const image = new Image()
    image.src = `data:image/png;base64,${encoded}`
    await image.decode()
    const context = document.createElement('canvas').getContext('2d')
    context?.drawImage(image, 0, 0)
    const [red = 0, green = 0, blue = 0] = context?.getImageData(0, 0, 1, 1).data ?? []
    return { red, green, blue }
  }, picture)
}
