import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale'

/** SVG as text: figures on the page need no script. Colours are classes, so that the page's light and dark hold for them. */
export interface Axis {
  readonly scale: ScaleContinuousNumeric<number, number>
  readonly label: string
  readonly ticks: readonly number[]
  format(value: number): string
}

export interface Plot {
  readonly width: number
  readonly height: number
  readonly x: Axis
  readonly y: Axis
  readonly title: string
}

export const MARGIN = { left: 62, right: 18, top: 30, bottom: 44 } as const

export function linearAxis(
  domain: readonly [number, number],
  range: readonly [number, number],
  label: string,
  format: (value: number) => string,
): Axis {
  const scale = scaleLinear().domain(domain).range(range)
  return { scale, label, ticks: scale.ticks(5), format }
}

/** Nothing is drawn at its lower end, which a legend has to say. */
export function logAxis(
  domain: readonly [number, number],
  range: readonly [number, number],
  label: string,
  format: (value: number) => string,
): Axis {
  const scale = scaleLog().domain(domain).range(range).clamp(true)
  const ticks = scale.ticks().filter(tick => Math.abs(Math.log10(tick) % 1) < 1e-9 || tick === domain[0])
  return { scale, label, ticks, format }
}

export const percent = (value: number) => `${Number((100 * value).toFixed(1))} %`
export const plain = (value: number) => String(Number(value.toPrecision(3)))

export function renderPlot({ width, height, x, y, title }: Plot, content: string): string {
  const [left, right, top, bottom] = [MARGIN.left, width - MARGIN.right, MARGIN.top, height - MARGIN.bottom]
  const xTicks = x.ticks.map(tick => {
    const at = place(x, tick)
    return `<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/><text class="tick" x="${at}" y="${bottom + 16}" text-anchor="middle">${x.format(tick)}</text>`
  })
  const yTicks = y.ticks.map(tick => {
    const at = place(y, tick)
    return `<line class="grid" x1="${left}" x2="${right}" y1="${at}" y2="${at}"/><text class="tick" x="${left - 6}" y="${at + 4}" text-anchor="end">${y.format(tick)}</text>`
  })
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">
<text class="title" x="${left}" y="16">${escapeXml(title)}</text>
${[...xTicks, ...yTicks].join('\n')}
<text class="label" x="${(left + right) / 2}" y="${height - 8}" text-anchor="middle">${escapeXml(x.label)}</text>
<text class="label" transform="translate(14 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeXml(y.label)}</text>
${content}
</svg>`
}

/** Tenths of a unit are enough, and make the same text on every machine. */
export const place = ({ scale }: Axis, value: number): number => Math.round(10 * scale(value)) / 10

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
