import { CUTS } from './cuts.ts'
import { DATABASES } from './databases.ts'
import type { Fault } from './fault.ts'
import { KILLS } from './kills.ts'

/** In the order in which they are tried. */
export const ALL_FAULTS: readonly Fault[] = [...KILLS, ...DATABASES, ...CUTS]
