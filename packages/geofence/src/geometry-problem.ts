import type { LonLat } from './geometry.ts'

/** The catalogue of what can be wrong with a zone's geometry. */
export type GeometryProblemCode =
  | 'wrong-type'
  | 'not-a-number'
  | 'unclosed'
  | 'empty'
  | 'too-many-vertices'
  | 'too-dense'
  | 'radius'
  | 'outside-service-area'
  | 'self-crossing'
  | 'hole-outside'
  | 'hole-in-hole'
  | 'overlapping'
  | 'more-problems'

export interface GeometryProblem {
  readonly code: GeometryProblemCode
  /** What is wrong and what to do about it, for the person who drew or imported the zone. */
  readonly detail: string
  /** JSON pointer into the geometry, such as `/coordinates/0/17`; empty for the geometry itself. */
  readonly path: string
  /** Where on the map. */
  readonly position?: [lon: number, lat: number]
}

/** So many problems are told; an import gone wrong has thousands, all alike. */
export const MAX_PROBLEMS = 20

export interface ProblemLog {
  readonly problems: readonly GeometryProblem[]
  readonly isEmpty: () => boolean
  /** Nothing more will be taken: searching on is of no use. */
  readonly isFull: () => boolean
  readonly add: (code: GeometryProblemCode, path: string, detail: string, position?: LonLat) => void
}

export function createProblemLog(): ProblemLog {
  const problems: GeometryProblem[] = []
  const isFull = () => problems.length > MAX_PROBLEMS
  return {
    problems,
    isEmpty: () => problems.length === 0,
    isFull,
    add(code, path, detail, position) {
      if (isFull()) return
      if (problems.length === MAX_PROBLEMS) problems.push(MORE_PROBLEMS)
      else if (position === undefined) problems.push({ code, detail, path })
      else problems.push({ code, detail, path, position: [position[0], position[1]] })
    },
  }
}

const MORE_PROBLEMS: GeometryProblem = {
  code: 'more-problems',
  detail: `There is more than the ${MAX_PROBLEMS} problems listed. Mend these, then check again.`,
  path: '',
}
