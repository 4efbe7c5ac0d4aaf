import type { Scenario } from '../scenario.ts'
import { BESIDE } from './beside.ts'
import { BOUNDARIES } from './boundaries.ts'
import { CURFEWS, HOURS_AND_PASSES } from './by-the-clock.ts'
import { DAYS } from './days.ts'
import { DELIVERIES, EDITS, TAG_FAULTS } from './faults.ts'
import { ON_FOOT } from './on-foot.ts'
import { POOR_SIGHT } from './poor-sight.ts'

export const SCENARIOS: readonly Scenario[] = [
  ...ON_FOOT,
  ...POOR_SIGHT,
  ...BESIDE,
  ...BOUNDARIES,
  ...CURFEWS,
  ...HOURS_AND_PASSES,
  ...DELIVERIES,
  ...TAG_FAULTS,
  ...EDITS,
  ...DAYS,
]
