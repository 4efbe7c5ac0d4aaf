import { DETECTOR_NAMES, type DetectorName } from '../detectors/detector.ts'
import type { Figures, Rate, Share } from '../score/figures.ts'
import { GROUP_SAYS, GROUPS } from '../score/tally.ts'
import type { ComparisonTable, ScenarioRow, Summary } from './summary.ts'

/** Tables as both the page and the summary show them. */
export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export const DETECTOR_SAYS: Readonly<Record<DetectorName, string>> = {
  cordon: 'Cordon',
  naive: 'point in polygon',
  'fifth-point': 'fifth point inside',
}

const NONE = '–'
const shown = (value: number | null, digits = 3): string =>
  value === null || !Number.isFinite(value) ? NONE : String(Number(value.toPrecision(digits)))
const percentOf = (value: number | null): string => (value === null ? NONE : `${(100 * value).toFixed(2)} %`)

const ofShare = ({ share, interval, found, entries }: Share) =>
  share === null
    ? NONE
    : `${percentOf(share)} (${percentOf(interval.low)} to ${percentOf(interval.high)}; ${found} of ${entries})`
const ofRate = ({ perDay, interval, count }: Rate) =>
  `${shown(perDay)} (${shown(interval.low)} to ${shown(interval.high)}; ${count})`
const seconds = (value: number | null) => (value === null ? NONE : `${Math.round(value)} s`)

const LINES: readonly { readonly says: string; readonly of: (figures: Figures) => string }[] = [
  ...GROUPS.map(group => ({
    says: `found: ${GROUP_SAYS[group]}`,
    of: ({ groups }: Figures) => ofShare(groups[group]),
  })),
  { says: 'found as confirmed, of all', of: ({ groups }) => percentOf(groups.all.confirmedShare) },
  { says: 'false confirmed a wearer-day', of: figures => ofRate(figures.falseConfirmed) },
  { says: 'false possible a wearer-day', of: figures => ofRate(figures.falsePossible) },
  { says: 'false possible transits a wearer-day', of: figures => ofRate(figures.falseTransits) },
  { says: 'false buffer pre-alerts a wearer-day', of: figures => ofRate(figures.falseBuffers) },
  { says: 'incidents told of a true episode', of: figures => shown(figures.incidentsPerEpisode, 4) },
  {
    says: 'delay of the first telling: median; p95 (where nothing was held back)',
    of: ({ delayS }) => `${seconds(delayS.median)}; ${seconds(delayS.p95)}`,
  },
  {
    says: 'delay of the confirmation: median; p95 (likewise)',
    of: ({ confirmDelayS }) => `${seconds(confirmDelayS.median)}; ${seconds(confirmDelayS.p95)}`,
  },
  { says: 'near misses on record a wearer-day', of: figures => shown(figures.nearMissesPerDay) },
]

export function goalTable({ goals }: Summary): Table {
  const rows = goals.map(({ says, limit, figure, isMet }) => [says, limit, shown(figure, 4), isMet ? 'met' : 'MISSED'])
  return { title: 'Goals', head: ['goal', 'limit', 'measured', ''], rows }
}

export function comparisonTable({ title, detectors }: ComparisonTable): Table {
  const head = ['true entries of 60 s and more', ...DETECTOR_NAMES.map(name => DETECTOR_SAYS[name])]
  return { title, head, rows: LINES.map(({ says, of }) => [says, ...DETECTOR_NAMES.map(name => of(detectors[name]))]) }
}

export function notWonTable({ notWon }: Summary): Table {
  const rows = notWon.map(({ id, title, rate, found, naiveShare, reasons }) => [
    `${id}: ${title}`,
    rate,
    `${percentOf(found.share)} of ${found.entries}`,
    percentOf(naiveShare),
    reasons.map(({ reason, share }) => `${Math.round(100 * share)} %: ${reason}`).join('; '),
  ])
  return { title: 'Not won', head: ['scenario', 'fixes', 'found', 'by point in polygon', 'of those missed'], rows }
}

export function curveTable({ curve }: Summary): Table {
  const rows = curve.map(({ setting, value, isDefault, found, falseConfirmed, falsePossible, incidentsPerEpisode }) => [
    setting,
    isDefault ? `${value} (default)` : String(value),
    percentOf(found.share),
    percentOf(found.confirmedShare),
    shown(falseConfirmed.perDay),
    shown(falsePossible.perDay),
    shown(incidentsPerEpisode, 4),
  ])
  const head = [
    'setting',
    'value',
    'found',
    'found as confirmed',
    'false confirmed a day',
    'false possible a day',
    'incidents an episode',
  ]
  return { title: 'Settings', head, rows }
}

export function scenarioTable({ byScenario }: Summary): Table {
  const head = [
    'scenario',
    'share of days',
    'fixes',
    'found',
    'confirmed',
    'false confirmed a day',
    'possible',
    'transits',
    'near misses',
    'incidents an episode',
    'delay: median; p95',
    'point in polygon: found; false a day',
    'fifth point: found; false a day',
  ]
  return { title: 'Scenarios', head, rows: byScenario.flatMap(rowsOf) }
}

function rowsOf({ id, title, daysShare, rates }: ScenarioRow): string[][] {
  return rates.map(({ rate, detectors: { cordon, naive, 'fifth-point': fifth } }) => {
    const of = (count: number, entries: number) => (entries === 0 ? NONE : percentOf(count / entries))
    const other = ({ found, entries, falseConfirmedPerDay }: typeof naive) =>
      `${of(found, entries)}; ${shown(falseConfirmedPerDay)}`
    return [
      `${id}: ${title}`,
      percentOf(daysShare),
      rate,
      of(cordon.found, cordon.entries),
      of(cordon.confirmed, cordon.entries),
      ...[
        cordon.falseConfirmedPerDay,
        cordon.falsePossiblePerDay,
        cordon.falseTransitsPerDay,
        cordon.nearMissesPerDay,
      ].map(value => shown(value)),
      shown(cordon.incidentsPerEpisode, 4),
      `${seconds(cordon.delayMedianS)}; ${seconds(cordon.delayP95S)}`,
      other(naive),
      other(fifth),
    ]
  })
}
