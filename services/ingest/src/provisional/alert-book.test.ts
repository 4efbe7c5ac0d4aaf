import {
  type ActivationId,
  asId,
  type ConditionId,
  type IncidentJudgement,
  LIMITS,
  type WearerId,
  type ZoneId,
} from '@cordon/contract'
import { anIncidentJudgement } from '@cordon/testkit'
import { describe, expect, it } from 'vitest'
import { createWatchStates } from '../watch-states.ts'
import { bound, createAlertBook } from './alert-book.ts'

const nobody = createWatchStates(new Map(), 0)
const MINUTE = 60_000
const aWearer = {
  wearerId: asId<WearerId>('7'),
  zoneNames: [{ zoneId: asId<ZoneId>('3'), name: 'Victim address, Kingsthorpe' }],
}
const wearer = {
  activationId: asId<ActivationId>('1'),
  conditionId: asId<ConditionId>('2'),
  zoneId: asId<ZoneId>('3'),
}

function standing(judgements: readonly Partial<IncidentJudgement>[]) {
  const book = createAlertBook(() => aWearer)
  const all = judgements.map((over, index) => ({ ...anIncidentJudgement(wearer), episodeId: `e${index}`, ...over }))
  book.note({ judgements: all, fixes: [] })
  return book.standing(nobody, { notRecordedSince: MINUTE })
}

describe('the alerts that stand', () => {
  it('are the critical ones, certain before possible, what goes on before what is over, the newest first', () => {
    const critical = { severity: 'critical', certainty: 'confirmed', endedAt: null, conclusion: null } as const
    const alerts = standing([
      { ...critical, certainty: 'possible', happenedAt: 9 * MINUTE },
      { ...critical, happenedAt: 1 * MINUTE },
      { ...critical, happenedAt: 2 * MINUTE },
      { ...critical, happenedAt: 3 * MINUTE, endedAt: 4 * MINUTE, conclusion: 'left' },
      { ...critical, severity: 'serious' },
      { ...critical, endedAt: 4 * MINUTE, conclusion: 'disproved' },
    ])
    expect(alerts.map(({ episodeId }) => episodeId)).toEqual(['e2', 'e1', 'e3', 'e0'])
  })

  it('name the zone as people call it, and none where there is none', () => {
    const critical = { severity: 'critical', conclusion: null } as const
    const alerts = standing([critical, { ...critical, zoneId: null }, { ...critical, zoneId: asId<ZoneId>('9') }])
    expect(alerts.map(({ zoneName }) => zoneName)).toEqual(['Victim address, Kingsthorpe', null, null])
  })

  it('are what was said last of each episode', () => {
    const critical = { severity: 'critical', endedAt: null, conclusion: null } as const
    const book = createAlertBook(() => aWearer)
    const judgement = { ...anIncidentJudgement(wearer), ...critical }
    book.note({ judgements: [judgement], fixes: [] })
    book.note({ judgements: [{ ...judgement, conclusion: 'disproved' }], fixes: [] })
    expect(book.standing(nobody, { notRecordedSince: 0 })).toEqual([])
  })

  it('beyond what one message holds are counted', () => {
    const many = Array.from(
      { length: LIMITS.provisionalAlerts + 3 },
      () => ({ severity: 'critical', conclusion: null }) as const,
    )
    const { alerts, leftOut } = bound(standing(many))
    expect(alerts).toHaveLength(LIMITS.provisionalAlerts)
    expect(leftOut).toBe(3)
  })
})
