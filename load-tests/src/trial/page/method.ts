import { ENVIRONMENTS } from '../noise/environments.ts'
import { VARIANTS } from '../noise/variants.ts'
import type { Summary } from './summary.ts'

/** What the figures are of, in paragraphs that both the page and the summary print. */
export function methodOf({ seeds, scenarios, runs, wearerDays }: Summary): string[] {
  return [
    `${scenarios} scenarios, each with ${seeds} seeds, ${Object.keys(VARIANTS).length} error models and 2 rates of fixes: ${runs.toLocaleString('en-GB')} runs, ${wearerDays.toLocaleString('en-GB')} wearer-days. Whole days, most of them quiet, are the greater part of the time; the rest are scenes made to be hard, so rates per wearer-day are of this mix and each scenario's share of it is in the table.`,
    'The truth is the scripted way, looked at once a second against the scripted geometry with Turf; hours, passes and zone versions are worked out by hand. Nothing of it comes from the engine. An entry counts from 60 s on; it is deeper than the circle when its greatest depth exceeds the middle of the 95 % circles stated during it. Entries at most 10 minutes apart are one episode. An absence at the beginning of a curfew is due after 5 minutes.',
    'An incident is true when it overlaps a true entry of its condition, give or take one interval between fixes and 30 s; it is false otherwise, and also when it was told long before there was anything to tell. It counts as confirmed if it was ever told as that, even if it was taken back.',
    `Errors: first-order Gauss-Markov, with size and duration by surroundings (${Object.keys(ENVIRONMENTS).length} of them); multipath jumps that a tag notices in part; lost satellites with wifi or the cell tower instead. Stated circles are right to ±20 %, in one model half as wide as they should be. When a tag's first fix falls is chance.`,
    'Point in polygon raises an alarm at the first point inside, and a new one after a point outside; the other does so at the fifth point in a row. Both get what arrives in the order in which it arrives, and are given more than such servers have: hours, passes and zone versions as of the moment of measurement.',
  ]
}
