import { asId } from '@cordon/contract'
import fc from 'fast-check'
import type { Pass, WatchedCondition } from '../condition/watched-condition.ts'
import type { WatchRegister } from '../context/watch-context.ts'
import { sometimes } from './arbitrary-timelines.fixture.ts'
import { aCondition, aRegister, hoursOf, MINUTE, START, zoneOf } from './timeline.fixture.ts'

const halfM = fc.constantFrom(30, 60, 100, 200, 280, 400)

const condition = fc.record({
  kind: fc.constantFrom('exclusion', 'exclusion', 'exclusion', 'inclusion', 'restriction', 'interest'),
  halfM,
  bufferM: fc.constantFrom(0, 0, 60),
  priority: fc.integer({ min: 0, max: 2 }),
  hours: sometimes(
    2,
    fc.constantFrom(
      hoursOf('10:20', '11:40'),
      hoursOf('09:00', '10:30'),
      hoursOf('10:30', '10:15'),
      hoursOf('11:00', '13:00'),
      hoursOf('10:10', '10:18'),
    ),
  ),
  edit: sometimes(3, fc.record({ at: fc.integer({ min: 0, max: 90 }), halfM })),
  end: sometimes(6, fc.integer({ min: 20, max: 200 })),
  pass: sometimes(
    3,
    fc.record({
      at: fc.integer({ min: 0, max: 90 }),
      minutes: fc.integer({ min: 1, max: 60 }),
      isCorridor: fc.boolean(),
    }),
  ),
})

type ConditionSpec = typeof condition extends fc.Arbitrary<infer Spec> ? Spec : never

function toVersions(spec: ConditionSpec, index: number): WatchedCondition[] {
  const { kind, bufferM, priority, hours, edit, end, pass } = spec
  const conditionId = asId<WatchedCondition['conditionId']>(`${index + 1}`)
  const zoneId = asId<WatchedCondition['zoneId']>(`${index + 70}`)
  const shared = { conditionId, zoneId, kind, bufferM, priority, hours, passes: toPasses(pass) } as const
  const endedAt = end === null ? null : START + end * MINUTE
  const editedAt = edit === null ? null : START + edit.at * MINUTE
  const first = { ...shared, zone: zoneOf(spec.halfM, bufferM), to: editedAt ?? endedAt }
  if (edit === null || editedAt === null) return [aCondition(first)]
  const second = { ...shared, zoneVersion: 2, zone: zoneOf(edit.halfM, bufferM), from: editedAt }
  return [aCondition(first), aCondition({ ...second, to: endedAt === null ? null : Math.max(editedAt, endedAt) })]
}

function toPasses(pass: ConditionSpec['pass']): readonly Pass[] {
  if (pass === null) return []
  const from = START + pass.at * MINUTE
  return [{ from, to: from + pass.minutes * MINUTE, corridor: pass.isCorridor ? zoneOf(60) : null }]
}

/** A second version of the policy, in force from somewhere in the middle. */
const policy = fc
  .record({
    from: fc.integer({ min: 0, max: 120 }),
    defaults: fc.record(
      {
        possibleProbability: fc.constantFrom(0.5, 0.9),
        absenceGraceMs: fc.constantFrom(0, 2 * MINUTE, 12 * MINUTE),
        presenceGraceMs: fc.constantFrom(0, 10 * MINUTE),
        exitFixes: fc.constantFrom(1, 4),
        looksToConfirm: fc.constantFrom(1, 3),
        rejoinMs: fc.constantFrom(0, 30 * MINUTE),
        unconfirmedMs: fc.constantFrom(MINUTE, 60 * MINUTE),
        nearMissGapMs: fc.constantFrom(0, MINUTE),
        nearMissLongestMs: fc.constantFrom(0, 5 * MINUTE),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ from, defaults }) => ({ version: 2, from: START + from * MINUTE, defaults }))

/** Up to three conditions round the same middle, with all that may befall them. */
export const registers: fc.Arbitrary<WatchRegister> = fc
  .record({
    conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
    policies: fc.oneof(fc.constant([]), fc.tuple(policy)),
    endsAfter: sometimes(6, fc.integer({ min: 10, max: 300 })),
  })
  .map(({ conditions, policies, endsAfter }) => {
    const to = endsAfter === null ? null : START + endsAfter * MINUTE
    const { activation, ...register } = aRegister(conditions.flatMap(toVersions))
    return { ...register, policies: [...register.policies, ...policies], activation: { ...activation, to } }
  })
