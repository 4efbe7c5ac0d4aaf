import { CLIENTS } from './clients.ts'
import { CLOCKS } from './clocks.ts'
import { CUTS } from './cuts.ts'
import { DATABASES } from './databases.ts'
import { FAIL_OVER } from './fail-over.ts'
import type { Fault } from './fault.ts'
import { INGESTS } from './ingests.ts'
import { KILLS } from './kills.ts'
import { NOTIFIER } from './notifier.ts'
import { WEARERS } from './wearers.ts'

/** In the order in which they are tried. */
export const ALL_FAULTS: readonly Fault[] = [
  ...KILLS,
  ...NOTIFIER,
  ...DATABASES,
  ...INGESTS,
  ...WEARERS,
  ...CLIENTS,
  ...CLOCKS,
  ...CUTS,
  FAIL_OVER,
]
