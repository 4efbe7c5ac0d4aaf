/** The part of JSON Schema that the contract's tag-side messages use. */
export interface JsonSchema {
  readonly type?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly enum?: readonly (string | number)[]
  readonly const?: string | number | boolean
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[] | undefined
}

/** A JSON object: any field may be anything. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `null` for an optional field is the same as no field. */
export const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null

export interface NumberLimits {
  readonly minimum: number
  readonly maximum: number
  readonly above: number
  readonly whole: boolean
}

export const limitsOf = (schema: JsonSchema): NumberLimits => ({
  minimum: schema.minimum ?? -Number.MAX_VALUE,
  maximum: schema.maximum ?? Number.MAX_VALUE,
  above: schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY,
  whole: schema.type === 'integer',
})

export const isWithin = (value: number, { minimum, maximum, above, whole }: NumberLimits): boolean =>
  value >= minimum && value <= maximum && value > above && (!whole || Number.isInteger(value))

/**
 * A reader for one number field, with the limits that the contract's schema states: null when absent, NaN when it is not a
 * number within them. NaN is contagious, so a decoder adds up what it has read and asks once whether anything was at fault.
 */
export function numberReader(schema: JsonSchema): (value: unknown) => number | null {
  const limits = limitsOf(schema)
  return value => {
    if (isAbsent(value)) return null
    // + 0 makes 0 of -0, which would be another row in the database and another text on the screen.
    return typeof value === 'number' && isWithin(value, limits) ? value + 0 : Number.NaN
  }
}

/** The number of a required field: NaN, a fault, when absent. */
export const required = (value: number | null): number => value ?? Number.NaN
