import { createCheck } from '@cordon/contract'
import Type, { type Static } from 'typebox'

/** What `simulator population` writes: who there is, and where each of them lives and must not be. */
const Place = Type.Object({ name: Type.String(), lon: Type.Number(), lat: Type.Number() })
export const Population = Type.Object({
  wearers: Type.Array(
    Type.Object({
      name: Type.String(),
      reference: Type.String(),
      tagId: Type.String(),
      flags: Type.Array(Type.String()),
      mappaLevel: Type.Integer(),
      home: Place,
      avoid: Place,
    }),
  ),
})
export type Population = Static<typeof Population>
export type SimulatedWearer = Population['wearers'][number]
export type SimulatedPlace = Static<typeof Place>

export const isPopulation = createCheck(Population)
