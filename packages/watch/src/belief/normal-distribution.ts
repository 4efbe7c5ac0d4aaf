const INV_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI)

/**
 * Φ(x), the standard normal distribution, from 0 to 1. Absolute error below 7.5e-8: Abramowitz and Stegun, Handbook of
 * Mathematical Functions (1964), formula 26.2.17 (C. Hastings). Monotone far enough that its tails are 0 and 1, not NaN.
 */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = INV_SQRT_2PI * Math.exp((-x * x) / 2) * series
  return x < 0 ? tail : 1 - tail
}
