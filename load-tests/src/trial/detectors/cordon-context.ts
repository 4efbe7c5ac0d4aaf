import { asId, type PolicySettings } from '@cordon/contract'
import { compileZone } from '@cordon/geofence'
import { compileHours } from '@cordon/hours'
import { createWatchContext, type Pass, type WatchContext, type WatchedCondition } from '@cordon/watch'
import { createFrame, type Frame } from '../ground/frame.ts'
import { toGeometry } from '../ground/shape.ts'
import type { Scenario, ScriptedCondition } from '../scenario.ts'

/** The scenario as the register would have it: geometries, hours and passes, nothing of the truth. */
export function contextOf(scenario: Scenario, settings: Partial<PolicySettings>): WatchContext {
  const { activation, startsAt, conditions } = scenario
  const frame = createFrame(scenario.anchor)
  const policies = Object.keys(settings).length === 0 ? [] : [{ version: 2, from: 0, defaults: settings }]
  return createWatchContext({
    activation: { activationId: asId('1'), from: momentOf(activation.fromS), to: endOf(activation.toS) },
    conditions: conditions.flatMap(condition => watchedOf(condition)),
    policies,
    risk: 'standard',
    suspensions: [],
  })

  function momentOf(atS: number): number {
    return Number.isFinite(atS) ? startsAt + atS * 1_000 : 0
  }

  function endOf(atS: number): number | null {
    return Number.isFinite(atS) ? momentOf(atS) : null
  }

  function watchedOf(condition: ScriptedCondition): WatchedCondition[] {
    const { id, kind, priority, bufferM } = condition
    const hours = condition.hours === null ? null : compileHours(condition.hours)
    const passes = condition.passes.map(pass => passOf(pass, frame))
    return condition.zones.map(({ shape, fromS, toS }, index) => ({
      conditionId: asId(id),
      zoneId: asId(`${id}0`),
      zoneVersion: index + 1,
      kind,
      priority,
      hours,
      passes,
      zone: compileZone(toGeometry(shape, frame), { bufferM }),
      bufferM,
      from: momentOf(fromS),
      to: endOf(toS),
    }))
  }

  function passOf({ fromS, toS, corridor }: ScriptedCondition['passes'][number], frame: Frame): Pass {
    const zone = corridor === null ? null : compileZone(toGeometry(corridor, frame))
    return { from: momentOf(fromS), to: momentOf(toS), corridor: zone }
  }
}
