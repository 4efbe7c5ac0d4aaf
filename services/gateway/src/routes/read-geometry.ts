import type { ZoneGeometry } from '@cordon/contract'
import { type CheckedGeometry, type CheckGeometryOptions, checkGeometry, type GeometryProblem } from '@cordon/geofence'
import { Refusal } from '../http/refuse.ts'

/** What a client drew, when it is an area that can be judged by. `field`: where in the body it stands. */
export function readGeometry(drawn: ZoneGeometry, limits: CheckGeometryOptions, field = '/geometry'): CheckedGeometry {
  const check = checkGeometry(drawn, limits)
  if (check.ok) return check.geometry
  const problems = check.problems.map(problem => toProblem(problem, field))
  throw new Refusal('invalid-geometry', problems[0]?.detail ?? 'the geometry is not that of a zone', {
    field: problems[0]?.field,
    problems,
  })
}

/** With the place on the map, so that an editor can show it. */
function toProblem({ code, detail, path, position }: GeometryProblem, field: string) {
  return { field: `${field}${path}`, detail, code, ...(position === undefined ? {} : { position }) }
}
