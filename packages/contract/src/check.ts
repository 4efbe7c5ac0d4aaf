import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** A schema as a yes-or-no question, compiled when it is first asked. */
export function createCheck<S extends TSchema>(schema: S): (value: unknown) => value is Static<S> {
  let compiled: { Check(value: unknown): boolean } | undefined
  return (value): value is Static<S> => {
    compiled ??= Compile(schema)
    return compiled.Check(value)
  }
}
