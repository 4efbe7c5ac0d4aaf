import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { Instant } from '../schema.ts'
import { RISKS } from '../vocabulary.ts'

const DAY_MS = 86_400_000
const probability = (description: string) =>
  Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, description: `probability: ${description}` })
const milliseconds = (description: string, maximum = DAY_MS) =>
  Type.Integer({ minimum: 0, maximum, description: `milliseconds: ${description}` })
const metres = (description: string, maximum: number = LIMITS.accuracyM) =>
  Type.Number({ minimum: 0, maximum, description: `metres: ${description}` })
const count = (description: string) => Type.Integer({ minimum: 1, maximum: 100, description })
const percent = (description: string) =>
  Type.Number({ minimum: 0, maximum: 100, description: `per cent: ${description}` })

/**
 * Every number that the watch engine judges by. How the defaults came about is in docs/watch-engine.md. A policy names only what
 * it changes; the rest are the defaults of this version of the software.
 */
export const PolicySettings = Type.Object({
  // how far a position is believed
  gnssAccuracyM: metres('95 % circle of a satellite fix that states none'),
  wifiAccuracyM: metres('95 % circle of a wifi fix that states none'),
  cellAccuracyM: metres('95 % circle of a cell-tower fix that states none'),
  beaconAccuracyM: metres('95 % circle of a beacon fix that states none'),
  leastAccuracyM: Type.Number({ minimum: 1, maximum: 1_000, description: 'metres: no circle is taken to be smaller' }),
  worstAccuracyM: metres('a fix with a wider circle says nothing about a zone'),
  accuracyFactor: Type.Number({ minimum: 1, maximum: 5, description: 'stated circles are multiplied by it' }),
  stillCorrelationMs: milliseconds('time in which the error of a still tag falls to 1 / e'),
  movingCorrelationMs: milliseconds('the same of a moving tag'),
  movingSpeedMps: Type.Number({ minimum: 0.1, maximum: 10, description: 'm/s: from here on a tag counts as moving' }),
  stillWanderMps: Type.Number({
    minimum: 0.001,
    maximum: 10,
    description: 'm/√s: how a still wearer may drift unnoticed',
  }),
  biasShare: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'share of the error that no number of fixes averages out',
  }),
  surpriseSigmas: Type.Number({
    minimum: 1,
    maximum: 20,
    description: 'a fix this far off what was believed: the wearer has moved',
  }),
  jumpSpeedMps: Type.Number({ minimum: 30, maximum: 400, description: 'm/s: faster is an impossible jump' }),
  farSigmas: Type.Number({
    minimum: 2,
    maximum: 6,
    description: 'standard deviations beyond which a zone is not looked at',
  }),
  // what makes an incident
  possibleProbability: probability('from here on an incident is raised as possible'),
  cellPossibleProbability: probability('the same for a cell-tower fix'),
  confirmedProbability: probability('a fix with this is a proof'),
  looksToConfirm: Type.Number({
    minimum: 1,
    maximum: 20,
    description: 'independent looks that confirm: after t, a further proof counts for 1 − exp(−t / correlation time)',
  }),
  transitProbability: probability('of a path having crossed the zone, to be recorded as possible transit'),
  absenceGraceMs: milliseconds('after the beginning of the hours, until an absence is raised'),
  presenceGraceMs: milliseconds(
    'after an exclusion comes into force, until the clock raises it for a wearer last seen inside',
  ),
  clockReachMs: milliseconds('age of the last fix from which on the clock raises nothing by it', 30 * DAY_MS),
  // what ends it
  exitProbability: probability('of being past the boundary, below which a fix is out'),
  exitFixes: count('fixes out that end an episode'),
  exitMs: milliseconds('over which they are spread'),
  unconfirmedMs: milliseconds('without a fix past the boundary, after which a possible closes itself'),
  leaveToPersonMs: milliseconds('between proofs, from which on a possible that ended does not close itself'),
  rejoinMs: milliseconds('after its end in which re-entry belongs to the same incident'),
  // what is told
  nearMissProbability: probability('from here on a near miss is on record'),
  nearMissGapMs: milliseconds('between near fixes of one near miss'),
  nearMissLongestMs: milliseconds('length of the longest near miss'),
  deeperFactor: Type.Number({ minimum: 1.1, maximum: 100, description: 'growth of depth that is told again' }),
  deeperEveryMs: milliseconds('between two such tellings'),
  deeperFromM: metres('depth from which growth is counted'),
  lateMs: milliseconds('from happening to receipt, beyond which an incident is marked late'),
  futureMs: milliseconds('ahead of receipt beyond which a fix is kept aside'),
  // supervision plan
  fixIntervalMs: milliseconds('expected between fixes'),
  uploadIntervalMs: milliseconds('expected between uploads'),
  graceMs: milliseconds('beyond the longer of the two, until silence is an incident'),
  knownSilenceMs: milliseconds(
    'that a tag which said it is at its beacon or charging may say nothing more',
    7 * DAY_MS,
  ),
  // the device
  batteryWarnPercent: percent('battery warning'),
  batteryCriticalPercent: percent('battery critical'),
  batteryForecastMs: milliseconds('a battery that will be empty within this is a warning'),
  eventFoldMs: milliseconds('in which repeats of a device event are one'),
})
export type PolicySettings = Static<typeof PolicySettings>

const Some = Type.Partial(PolicySettings, { additionalProperties: false })
const ByRisk = Type.Object(
  { standard: Type.Optional(Some), high: Type.Optional(Some), critical: Type.Optional(Some) },
  { additionalProperties: false, description: `by the order's risk: ${RISKS.join(', ')}` },
)
const Parts = {
  note: Type.String({ minLength: 1, maxLength: LIMITS.note, description: 'why it was changed' }),
  defaults: Type.Optional(Some),
  risks: Type.Optional(ByRisk),
  zones: Type.Optional(
    Type.Record(Type.String({ pattern: '^[0-9]{1,19}$' }), Some, {
      additionalProperties: false,
      maxProperties: LIMITS.policyZones,
      description: 'by zone id',
    }),
  ),
}

/**
 * Settings of the zone go before those of the risk, those before `defaults`. An unknown name is refused: a slip of the pen would
 * otherwise leave a threshold as it was, unnoticed.
 * A new version is in force from the moment it is made; what was measured before is judged by the versions before it.
 */
export const PolicyCreate = Type.Object(Parts, { additionalProperties: false })
export type PolicyCreate = Static<typeof PolicyCreate>
export const Policy = Type.Object({
  version: Type.Integer({ minimum: 2, description: '1 is the software’s own: GET /policies/defaults' }),
  ...Parts,
  from: Instant,
  createdBy: Type.String(),
})
export type Policy = Static<typeof Policy>

/** What each setting is, in words, with its unit. */
export const POLICY_DESCRIPTIONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(PolicySettings.properties).map(([name, setting]) => [
    name,
    (setting as { description?: string }).description ?? '',
  ]),
)

/** Version 1: the software's own. Every policy that is made changes some of these. */
export const PolicyDefaults = Type.Object({
  version: Type.Literal(1),
  settings: PolicySettings,
  risks: ByRisk,
  descriptions: Type.Record(Type.String(), Type.String(), {
    description: 'what each setting is, in words, with its unit',
  }),
})
export type PolicyDefaults = Static<typeof PolicyDefaults>
