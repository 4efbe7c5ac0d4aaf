import type { Sight } from './create-sight.ts'

/** What alert rules ask: is anything held that is not recorded, does anything arrive, is anybody told of what is not on record. */
export const sightMetrics = ({
  now,
}: Pick<Sight, 'now'>): Record<string, readonly [help: string, read: () => number]> => ({
  cordon_oldest_held_seconds: ['Age of the oldest message held and not committed', () => now().oldestHeldSeconds],
  cordon_held_full: [
    '1 while no more can be held: blind for new fixes; else 0',
    () => Number(now().fullSince !== null),
  ],
  cordon_silent_seconds: ['Since any message came from any tag', () => now().silentSeconds],
  cordon_silent_limit_seconds: [
    'More silence than this is not to be expected; NaN while no tags are expected',
    () => now().silentLimitSeconds ?? Number.NaN,
  ],
  cordon_provisional_alerts: ['Critical breaches that wait to be recorded', () => now().provisional],
})
