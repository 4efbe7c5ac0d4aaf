import { endOfString } from './scan.ts'

/** Keys of an object and of all objects in it, each counted once. Fewer than colons in the text: a key was repeated. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const one of value) count += countKeys(one)
    return count
  }
  const fields = value as Readonly<Record<string, unknown>>
  for (const key in fields) {
    count++
    const inner = fields[key]
    if (typeof inner === 'object') count += countKeys(inner)
  }
  return count
}

/** A key that may stand in a rejection: a plain name. Anything else could be anything, a coordinate even. */
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/

interface Open {
  /** Path of the object or array itself. */
  readonly path: string
  /** Keys seen so far; null for an array. */
  readonly keys: Set<string> | null
  key: string
}

/** Path of the first repeated key in a JSON text that is known to be valid and to have one; empty when its name is not a plain one. */
export function findDuplicateKey(text: string): string {
  const stack: Open[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    const top = stack.at(-1)
    if (char === '{' || char === '[')
      stack.push({ path: pathBelow(top), keys: char === '{' ? new Set() : null, key: '' })
    else if (char === '}' || char === ']') stack.pop()
    else if (char === '"') {
      const end = endOfString(text, at)
      if (top?.keys && isKey(text, end)) {
        top.key = JSON.parse(text.slice(at, end + 1))
        if (top.keys.has(top.key)) return pathBelow(top)
        top.keys.add(top.key)
      }
      at = end
    }
  }
  return ''
}

function isKey(text: string, closingQuote: number): boolean {
  let at = closingQuote + 1
  while (text.charCodeAt(at) <= 0x20) at++
  return text[at] === ':'
}

function pathBelow(open: Open | undefined): string {
  if (!open || !PLAIN_NAME.test(open.key)) return open?.path ?? ''
  return open.path === '' ? open.key : `${open.path}.${open.key}`
}
