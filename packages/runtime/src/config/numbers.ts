import { accepted, type Field, fallback, refused, showText } from './field.ts'

export interface IntLimits {
  readonly min: number
  readonly max: number
  readonly fallback?: number
}

/** A whole number in decimal digits. */
export function int(variable: string, { min, max, fallback: value }: IntLimits): Field<number> {
  return {
    variable,
    allowed: `a whole number from ${min} to ${max}`,
    parse: text => {
      const number = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
      return number >= min && number <= max ? accepted(number) : refused
    },
    show: showText,
    fromFile: false,
    absent: fallback(value),
  }
}

/** A TCP port. 0 lets the system choose a free one. */
export function port(variable: string, value?: number): Field<number> {
  return { ...int(variable, { min: 0, max: 65_535 }), absent: fallback(value) }
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

export interface DurationLimits {
  readonly minMs: number
  readonly maxMs: number
  readonly fallbackMs?: number
}

/** A time with its unit, `250ms`, `30s`, `15m`, `2h`, `7d`; the value is in milliseconds. */
export function duration(variable: string, { minMs, maxMs, fallbackMs }: DurationLimits): Field<number> {
  return {
    variable,
    allowed: `a time such as 250ms, 30s, 15m, 2h or 7d, from ${minMs}ms to ${maxMs}ms`,
    parse: text => {
      const [, digits = '', unit = ''] = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text) ?? []
      const ms = digits === '' ? Number.NaN : Number(digits) * (UNIT_MS[unit] ?? Number.NaN)
      return ms >= minMs && ms <= maxMs ? accepted(ms) : refused
    },
    show: showText,
    fromFile: false,
    absent: fallback(fallbackMs),
  }
}

const FLAG_WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  1: true,
  0: false,
}

/** Yes or no. */
export function flag(variable: string, value?: boolean): Field<boolean> {
  return {
    variable,
    allowed: 'true or false (yes, no, 1, 0)',
    parse: text => {
      const found = Object.hasOwn(FLAG_WORDS, text.toLowerCase()) ? FLAG_WORDS[text.toLowerCase()] : undefined
      return found === undefined ? refused : accepted(found)
    },
    show: showText,
    fromFile: false,
    absent: fallback(value),
  }
}
