/** What is beyond the bound of a label. */
export const OTHER = 'other'

/**
 * Keeps a label from having more values than a metrics store can carry, whoever invents them: the first `most` are kept as they are,
 * every later one is `other`.
 */
export function boundLabel(most: number): (value: string) => string {
  const known = new Set<string>()
  return value => {
    if (known.has(value)) return value
    if (known.size >= most) return OTHER
    known.add(value)
    return value
  }
}
