import Type, { type TEnum, type TSchema } from 'typebox'

/** Building blocks of the wire schemas. JSON Schema keywords carry the limits, so the published documents state them too. */

/** An RFC 3339 instant in UTC or with an offset. The pattern leaves out what the format allows beyond it: RFC 9557 suffixes, `t`, `z`. */
export const Instant = Type.String({
  format: 'date-time',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$',
  maxLength: 40,
  description: 'RFC 3339 instant',
})
/** Inside a reason: what the engine judged on, as it is stored. */
export const EpochMs = Type.Integer({ description: 'epoch milliseconds' })
export const Id = Type.String({ pattern: '^[0-9]{1,19}$', description: '64-bit id as a decimal string' })
export const CursorText = Type.String({ minLength: 1, maxLength: 200, description: 'opaque; hand it back as it came' })
export const Longitude = Type.Number({ minimum: -180, maximum: 180, description: 'WGS 84 degrees' })
export const Latitude = Type.Number({ minimum: -90, maximum: 90, description: 'WGS 84 degrees' })
export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
/** One of a list of words. The list is a `const` tuple of the vocabulary, so that the static type is its union. */
export const words = <const W extends readonly string[]>(list: W, description?: string): TEnum<[...W]> =>
  Type.Enum<[...W]>([...list] as [...W], description ? { description } : {})

/** `A-Z a-z 0-9 _ -`, 1 to 64: broker topics and subjects are made of it. */
export const TAG_ID_PATTERN = '^[A-Za-z0-9_-]{1,64}$'
/** An OwnTracks tag is two such parts joined by a slash. */
export const OWNTRACKS_ID_PATTERN = '^[A-Za-z0-9_-]{1,64}/[A-Za-z0-9_-]{1,64}$'
