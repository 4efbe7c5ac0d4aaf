import type { ConsolePage } from './console-page.ts'

export type Tones = {
  /** When each critical tone began, milliseconds of the page. */
  readonly critical: () => Promise<number[]>
}

/** The first of the two notes of the critical tone (src/status/siren.ts). */
const criticalHertz = 960

/** Opens the page again with an ear on it, starts the shift, and waits until it can make a sound. */
export async function listenForTones({ page, waitForLive }: ConsolePage): Promise<Tones> {
  await page.addInitScript(() => {
    const heard: { hertz: number; atMs: number }[] = []
    const start = Reflect.get(OscillatorNode.prototype, 'start') as (this: OscillatorNode, when?: number) => void
    OscillatorNode.prototype.start = function (when?: number) {
      heard.push({ hertz: this.frequency.value, atMs: performance.now() })
      start.call(this, when)
    }
    Object.assign(window, { heard })
  })
  await page.reload()
  await waitForLive()
  const shift = page.getByRole('button', { name: 'Start shift' })
  await shift.click()
  await shift.waitFor({ state: 'detached' })
  return {
    critical: () =>
      page.evaluate(hertz => {
        const { heard } = window as unknown as { heard: { hertz: number; atMs: number }[] }
        return heard.filter(tone => tone.hertz === hertz).map(({ atMs }) => atMs)
      }, criticalHertz),
  }
}
