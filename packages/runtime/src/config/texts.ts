import { accepted, type Field, fallback, refused, showSecret, showText } from './field.ts'

/** Limits in UTF-16 code units, as `String.length` counts. */
export interface TextLimits {
  readonly minLength?: number
  readonly maxLength?: number
  readonly fallback?: string
}

export function text(variable: string, limits: TextLimits = {}): Field<string> {
  const { minLength = 1, maxLength = 1024, fallback: value } = limits
  return {
    variable,
    allowed: `a text of ${minLength} to ${maxLength} characters`,
    parse: found => (found.length >= minLength && found.length <= maxLength ? accepted(found) : refused),
    show: showText,
    fromFile: false,
    absent: fallback(value),
  }
}

/** A password or token: never printed, has no fallback, and may stand in the file named by `<variable>_FILE`. */
export function secret(variable: string, limits: Omit<TextLimits, 'fallback'> = {}): Field<string> {
  const field = text(variable, limits)
  return { ...field, allowed: field.allowed.replace('a text', 'a secret'), show: showSecret, fromFile: true }
}

/** One word of a list. */
export function oneOf<const T extends string>(variable: string, words: readonly T[], value?: T): Field<T> {
  return {
    variable,
    allowed: `one of ${words.join(', ')}`,
    parse: found => {
      const word = words.find(candidate => candidate === found)
      return word === undefined ? refused : accepted(word)
    },
    show: showText,
    fromFile: false,
    absent: fallback(value),
  }
}

export interface UrlLimits {
  /** Without the colon: `['mqtt', 'mqtts']`. */
  readonly protocols: readonly string[]
  readonly fallback?: string
}

const URL_MAX_LENGTH = 2048

/** An address with one of the protocols. Its password is not printed; it may stand in the file of `<variable>_FILE`. */
export function url(variable: string, { protocols, fallback: value }: UrlLimits): Field<string> {
  const starts = protocols.map(protocol => `${protocol}://`)
  return {
    variable,
    allowed: `an address that starts with ${starts.join(' or ')}, of at most ${URL_MAX_LENGTH} characters`,
    parse: found => {
      const fits =
        found.length <= URL_MAX_LENGTH && URL.canParse(found) && starts.some(start => found.startsWith(start))
      return fits ? accepted(found) : refused
    },
    show: showAddress,
    fromFile: true,
    absent: fallback(value),
  }
}

/** Everything between the protocol and the last @ goes, also when the address is too broken for `URL` to read. */
function showAddress(found: string): string {
  const at = found.lastIndexOf('@')
  if (at < 0) return showText(found)
  const protocol = /^[a-z][a-z0-9+.-]*:\/\//i.exec(found)?.[0] ?? ''
  return showText(`${protocol}[redacted]${found.slice(at)}`)
}
