/** A whole number of the command line. Throws with the name of the option, what it takes and what was given. */
export function readCount(
  option: string,
  given: string,
  { min = 1, max }: { readonly min?: number; readonly max: number },
): number {
  const count = Number(given)
  if (Number.isInteger(count) && count >= min && count <= max) return count
  throw new RangeError(`--${option} takes a whole number from ${min} to ${max}, not "${given}"`)
}
