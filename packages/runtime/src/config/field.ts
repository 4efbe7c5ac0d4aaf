/** What one setting's text became: its value, or nothing that is allowed. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false }

/** One setting: which variable, what is allowed in it, how its text becomes a value. */
export interface Field<T> {
  readonly variable: string
  /** For people, with every limit: "a whole number from 1 to 65535". */
  readonly allowed: string
  readonly parse: (text: string) => Parsed<T>
  /** How a faulty value may be shown. */
  readonly show: (text: string) => string
  /** May stand in a file whose path is in `<variable>_FILE`, as container secrets do. */
  readonly fromFile: boolean
  /** What an absent variable means. `none`: it must be there. */
  readonly absent: { readonly kind: 'none' } | { readonly kind: 'value'; readonly value: T }
}

export const refused = { ok: false } as const

export function accepted<T>(value: T): Parsed<T> {
  return { ok: true, value }
}

/** The `absent` of a field whose fallback may not have been given. */
export function fallback<T>(value: T | undefined): Field<T>['absent'] {
  return value === undefined ? { kind: 'none' } : { kind: 'value', value }
}

const SHOWN_CHARACTERS = 80

/** Quoted and cut, so that a whole file pasted into a variable does not fill the terminal. */
export function showText(text: string): string {
  const cut = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
  return JSON.stringify(cut)
}

/** Says that there was something and how long it was, nothing more. */
export function showSecret(text: string): string {
  return `[redacted, ${text.length} characters]`
}

/** The same setting, but absent means `undefined`. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { ...field, absent: { kind: 'value', value: undefined } }
}
