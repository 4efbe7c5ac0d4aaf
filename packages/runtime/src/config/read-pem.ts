import { readFileSync } from 'node:fs'
import { createError, toError } from '../errors/cordon-error.ts'

/** The text of the file that a variable names; undefined when it names none. Throws `invalid-config`, naming the variable. */
export function readPem(variable: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw createError('invalid-config', `${variable} cannot be read: ${toError(cause).message}`, { cause })
  }
}
