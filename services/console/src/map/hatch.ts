import { toRgb } from '../theme/map-palette.ts'

const size = 16
const stripeWidth = 3

/** A square of 45° stripes that repeats without a seam, for exclusion zones. */
export function hatchPattern(colour: string): { width: number; height: number; data: Uint8ClampedArray } {
  const [red, green, blue] = toRgb(colour).map(share => Math.round(share * 255))
  const data = new Uint8ClampedArray(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const alpha = (x + y) % (size / 2) < stripeWidth ? 110 : 0
      data.set([red ?? 0, green ?? 0, blue ?? 0, alpha], (y * size + x) * 4)
    }
  }
  return { width: size, height: size, data }
}
