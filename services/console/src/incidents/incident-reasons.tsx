import type { Incident } from '@cordon/contract'
import { durationWords } from '../status/time-words.ts'
import { type Fact, Facts } from '../theme/facts.tsx'
import { batteryWords, hoursWords, type Matter, matterOf } from './incident-words.ts'

export type IncidentReasonsProps = { readonly incident: Incident; readonly nowMs: number }

/** Why it was judged so: everything a person needs to follow the engine, and to say "no". What it did not say is left out. */
export function IncidentReasons(props: IncidentReasonsProps) {
  const { reason } = props.incident
  return (
    <>
      <p className="reason-text">{reason.text}</p>
      <Facts facts={reasonFacts(props)} />
    </>
  )
}

/** The same figures mean another thing for a zone to keep out of and for one to stay in. */
const figureNames: Readonly<Record<Matter, { time: string; depth: string; entries: string }>> = {
  inside: { time: 'Time inside', depth: 'Deepest', entries: 'Entries' },
  outside: { time: 'Time away', depth: 'Furthest away', entries: 'Times away' },
  transit: { time: 'Time inside', depth: 'Deepest', entries: 'Transits' },
  device: { time: 'Time', depth: 'Depth', entries: 'Times' },
  silence: { time: 'Time', depth: 'Depth', entries: 'Times' },
  system: { time: 'Time', depth: 'Depth', entries: 'Times' },
}

/** What goes on is told again only when it matters: the figure is of then, not of now. */
const asTold = ', when last told'

export function reasonFacts({ incident, nowMs }: IncidentReasonsProps): readonly Fact[] {
  const { reason } = incident
  const names = figureNames[matterOf(incident)]
  const version = incident.zoneVersion ?? reason.zoneVersion
  return [
    [
      'Zone',
      incident.zoneId &&
        `${incident.zoneName ?? incident.zoneId}${version === undefined ? '' : `, version ${version}`}`,
    ],
    ['Hours judged by', hoursWords(incident, nowMs)],
    ['Forecast', batteryWords(incident, nowMs)],
    ['Fixes counted', reason.fixesCounted],
    [names.entries, (reason.entries > 1 || incident.zoneId !== undefined) && reason.entries],
    [
      names.time,
      when(reason.insideMs, value => `${durationWords(value)}${incident.endedAt === undefined ? asTold : ''}`),
    ],
    [names.depth, when(reason.greatestDepthM, metres)],
    ['Extent', when(reason.extentM, value => `${metres(value)} across`)],
    ['95 % circle', when(reason.accuracyM, value => circleWords(value, reason.accuracyAssumed === true))],
    ['P(inside)', when(reason.probability, probabilityWords)],
    ['To the edge', when(reason.distanceM, distanceWords)],
    ['Policy', when(reason.policyVersion, value => `version ${value}`)],
    ['Part', incident.part],
  ]
}

function when(value: number | undefined, words: (value: number) => string): string | undefined {
  return value === undefined ? undefined : words(value)
}

function metres(value: number): string {
  return Math.abs(value) >= 1000 ? `${(value / 1000).toFixed(1)} km` : `${Math.round(value)} m`
}

const circleWords = (accuracyM: number, isAssumed: boolean) =>
  `${metres(accuracyM)}${isAssumed ? ', assumed: the tag gave none' : ''}`

function distanceWords(distanceM: number): string {
  return `${metres(Math.abs(distanceM))} ${distanceM < 0 ? 'inside' : 'outside'}`
}

/** Never 100 % and never 0: the engine does not know that. */
function probabilityWords(probability: number): string {
  if (probability > 0.999) return 'over 99.9 %'
  return probability < 0.001 ? 'below 0.1 %' : `${(probability * 100).toFixed(1)} %`
}
