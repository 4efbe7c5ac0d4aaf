import { LIMITS, type PolicySettings } from '@cordon/contract'

/** What a moment is judged by: the settings of a version of the policy, for this wearer's risk and this zone. */
export type WatchPolicy = PolicySettings & { readonly version: number }

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Version 1, in force until a force makes a version of its own. How the numbers came about: docs/watch-engine.md. */
export const DEFAULT_SETTINGS: PolicySettings = {
  gnssAccuracyM: 100,
  wifiAccuracyM: 150,
  cellAccuracyM: 1_600,
  beaconAccuracyM: 50,
  leastAccuracyM: 5,
  worstAccuracyM: 5_000,
  accuracyFactor: 2,
  stillCorrelationMs: 10 * MINUTE,
  movingCorrelationMs: 20 * SECOND,
  movingSpeedMps: 0.7,
  stillWanderMps: 0.15,
  biasShare: 0.3,
  surpriseSigmas: 4,
  jumpSpeedMps: 70,
  farSigmas: 3,
  possibleProbability: 0.8,
  cellPossibleProbability: 0.95,
  confirmedProbability: 0.98,
  looksToConfirm: 1.8,
  transitProbability: 0.5,
  absenceGraceMs: 5 * MINUTE,
  presenceGraceMs: 2 * MINUTE,
  clockReachMs: 72 * 60 * MINUTE,
  exitProbability: 0.2,
  exitFixes: 2,
  exitMs: 30 * SECOND,
  unconfirmedMs: 15 * MINUTE,
  leaveToPersonMs: MINUTE,
  rejoinMs: 10 * MINUTE,
  nearMissProbability: 0.05,
  nearMissGapMs: 10 * MINUTE,
  nearMissLongestMs: 60 * MINUTE,
  deeperFactor: 2,
  deeperEveryMs: 10 * MINUTE,
  deeperFromM: 50,
  lateMs: 5 * MINUTE,
  futureMs: LIMITS.futureMs,
  fixIntervalMs: MINUTE,
  uploadIntervalMs: MINUTE,
  graceMs: 14 * MINUTE,
  knownSilenceMs: 24 * 60 * MINUTE,
  batteryWarnPercent: 20,
  batteryCriticalPercent: 10,
  batteryForecastMs: 120 * MINUTE,
  eventFoldMs: 10 * MINUTE,
}

/** Closer supervision of those who need it: silence of a critical-risk order is known after 5 minutes, of a standard one after 15. */
export const DEFAULT_RISKS = {
  standard: {},
  high: { graceMs: 9 * MINUTE },
  critical: { graceMs: 4 * MINUTE },
} as const satisfies Record<string, Partial<PolicySettings>>

export const defaultPolicy: WatchPolicy = { ...DEFAULT_SETTINGS, version: 1 }
