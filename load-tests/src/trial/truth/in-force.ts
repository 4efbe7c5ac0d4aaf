import type { ScriptedCondition, ScriptedZone, Span } from '../scenario.ts'

export function isWithin({ fromS, toS }: Span, atS: number): boolean {
  return fromS <= atS && atS < toS
}

/** The zone that the condition is about at that time; undefined when it does not hold anywhere then. */
export function zoneInForce(condition: ScriptedCondition, atS: number): ScriptedZone | undefined {
  const { applies, passes, lifts, zones } = condition
  if (applies.length > 0 && !applies.some(span => isWithin(span, atS))) return undefined
  if ([...passes, ...lifts].some(pass => pass.corridor === null && isWithin(pass, atS))) return undefined
  return zones.findLast(zone => isWithin(zone, atS))
}
