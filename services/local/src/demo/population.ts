import { createCheck, RISKS, words } from '@cordon/contract'
import Type, { type Static } from 'typebox'

/** What `simulator population` writes: who there is, where each of them lives and must not be, and when they must be at home. */
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
      risk: words(RISKS),
      curfew: Type.Union([Type.Object({ from: Type.String(), to: Type.String() }), Type.Null()]),
    }),
  ),
})
export type Population = Static<typeof Population>
export type SimulatedWearer = Population['wearers'][number]
export type SimulatedPlace = Static<typeof Place>

export const isPopulation = createCheck(Population)
