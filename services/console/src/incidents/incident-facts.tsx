import type { Incident } from '@cordon/contract'
import { durationWords, momentWords } from '../status/time-words.ts'
import { Facts } from '../theme/facts.tsx'
import { detailOf, disprovedWords, endingWords, isDisproved, lateWords } from './incident-words.ts'
import { SeverityIcon } from './severity-icon.tsx'
import { outcomeWords, severityWords, titleOf } from './words.ts'

type FactsProps = { readonly incident: Incident; readonly nowMs: number }

/** What the incident is, in a few lines; that it was proved wrong before everything else. */
export function IncidentFacts({ incident, nowMs }: FactsProps) {
  const happenedMs = Date.parse(incident.happenedAt)
  return (
    <>
      {isDisproved(incident) && <DisprovedNote incident={incident} />}
      <Facts
        facts={[
          ['Type', <strong key="type">{titleOf(incident)}</strong>],
          [
            'Severity',
            <span key="severity" className="fact-severity">
              <SeverityIcon severity={incident.severity} /> {severityWords[incident.severity]}, {incident.certainty}
            </span>,
          ],
          ['Happened', `${momentWords(happenedMs, nowMs)} (${durationWords(nowMs - happenedMs)} ago)`],
          ['Late', lateWords(incident, nowMs)?.replace('late: ', '')],
          ['Detail', detailOf(incident, nowMs)],
          ['Now', isDisproved(incident) ? undefined : (endingWords(incident, nowMs) ?? 'goes on')],
          ['With', holderWords(incident)],
          ['Police', policeWords(incident, nowMs)],
          ['Outcome', incident.outcome && outcomeWords[incident.outcome]],
        ]}
      />
    </>
  )
}

function DisprovedNote({ incident }: { readonly incident: Incident }) {
  return (
    <p className="disproved-note">
      <strong>{disprovedWords(incident)}.</strong>{' '}
      {incident.state === 'closed' ? '' : 'It stays listed until somebody closes it.'}
    </p>
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
