import type { Incident } from '@cordon/contract'
import { durationWords, momentWords } from '../status/time-words.ts'
import { Facts } from '../theme/facts.tsx'
import { SeverityIcon } from './severity-icon.tsx'
import { detailOf, outcomeWords, severityWords, titleOf } from './words.ts'

type FactsProps = { readonly incident: Incident; readonly nowMs: number }

/** What the incident is, in five lines. */
export function IncidentFacts({ incident, nowMs }: FactsProps) {
  const happenedMs = Date.parse(incident.happenedAt)
  return (
    <Facts
      facts={[
        ['Type', <strong key="type">{titleOf(incident)}</strong>],
        [
          'Severity',
          <span key="severity" className="fact-severity">
            <SeverityIcon severity={incident.severity} /> {severityWords[incident.severity]}, {incident.certainty}
          </span>,
        ],
        [
          'Happened',
          `${momentWords(happenedMs, nowMs)} (${durationWords(nowMs - happenedMs)} ago)${incident.late ? ', told late' : ''}`,
        ],
        ['Detail', detailOf(incident)],
        ['With', holderWords(incident)],
        ['Police', policeWords(incident, nowMs)],
        ['Outcome', incident.outcome && outcomeWords[incident.outcome]],
      ]}
    />
  )
}

function holderWords({ state, owner }: Incident): string {
  if (state === 'open') return 'Nobody yet'
  return `${owner ?? 'Nobody'}${state === 'acknowledged' ? '' : `, ${state}`}`
}

function policeWords({ policeNotifiedAt, policeReference }: Incident, nowMs: number): string | undefined {
  if (policeNotifiedAt === undefined) return undefined
  const told = `told ${momentWords(Date.parse(policeNotifiedAt), nowMs)}`
  return policeReference === undefined ? told : `${told}, reference ${policeReference}`
}

/** Why it was judged so: everything a person needs to follow the engine, and to say "no". */
export function IncidentReasons({ incident }: { readonly incident: Incident }) {
  const { reason } = incident
  const hasZone = incident.zoneId !== undefined
  return (
    <>
      <p className="reason-text">{reason.text}</p>
      <Facts
        facts={[
          [
            'Zone',
            hasZone && `${incident.zoneName ?? incident.zoneId}, version ${incident.zoneVersion ?? reason.zoneVersion}`,
          ],
          [
            'Fixes counted',
            hasZone && `${reason.fixesCounted}, ${reason.entries === 1 ? '1 entry' : `${reason.entries} entries`}`,
          ],
          [
            '95 % circle',
            hasZone && `${metres(reason.accuracyM)}${reason.accuracyAssumed ? ', assumed: the tag gave none' : ''}`,
          ],
          ['P(inside)', hasZone && probabilityWords(reason.probability)],
          ['To the edge', hasZone && distanceWords(reason.distanceM)],
          ['Deepest', hasZone && metres(reason.greatestDepthM)],
          ['Policy', `version ${reason.policyVersion}`],
        ]}
      />
    </>
  )
}

function metres(value: number): string {
  return Math.abs(value) >= 1000 ? `${(value / 1000).toFixed(1)} km` : `${Math.round(value)} m`
}

function distanceWords(distanceM: number): string {
  return `${metres(Math.abs(distanceM))} ${distanceM < 0 ? 'inside' : 'outside'}`
}

/** Never 100 %: the engine does not know that. */
function probabilityWords(probability: number): string {
  return probability > 0.999 ? 'over 99.9 %' : `${(probability * 100).toFixed(1)} %`
}

const clocks = [
  ['Happened', 'happenedAt'],
  ['Received', 'receivedAt'],
  ['Raised', 'raisedAt'],
  ['Acknowledged', 'acknowledgedAt'],
  ['Police told', 'policeNotifiedAt'],
  ['Ended', 'endedAt'],
  ['Closed', 'closedAt'],
] as const

/** The clocks of an incident, and how long each came after it happened. */
export function IncidentClocks({ incident, nowMs }: FactsProps) {
  const happenedMs = Date.parse(incident.happenedAt)
  const facts = clocks.map(([name, field]) => {
    const at = incident[field]
    if (at === undefined) return [name, field === 'acknowledgedAt' && 'not yet'] as const
    const after = field === 'happenedAt' ? '' : ` (+${durationWords(Date.parse(at) - happenedMs)})`
    return [name, momentWords(Date.parse(at), nowMs) + after] as const
  })
  return <Facts facts={facts} />
}
