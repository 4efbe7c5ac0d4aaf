import type { Action, Incident, WearerFlag } from '@cordon/contract'
import { IncidentActions } from '../incidents/incident-actions.tsx'
import { IncidentClocks, IncidentFacts } from '../incidents/incident-facts.tsx'
import { IncidentReasons } from '../incidents/incident-reasons.tsx'
import { IncidentTimeline } from '../incidents/incident-timeline.tsx'
import { compareIncidents } from '../incidents/queue-order.ts'
import { SeverityIcon } from '../incidents/severity-icon.tsx'
import type { Actions } from '../incidents/use-actions.ts'
import { severityWords, titleOf } from '../incidents/words.ts'
import { useLiveState, useNowMs } from '../live/use-live.ts'
import { useResource } from '../session/use-resource.ts'
import { useSession } from '../session/use-session.ts'
import { Conditions } from './conditions.tsx'
import { DeviceFacts } from './device-facts.tsx'
import type { WearerRecord } from './use-wearer-record.ts'
import './wearer-panel.css'

const flagWords: Readonly<Record<WearerFlag, string>> = {
  iom: 'Integrated Offender Management',
  'domestic-abuse': 'Domestic abuse',
  youth: 'Youth',
}

export type WearerPanelProps = {
  readonly wearerId: string | undefined
  readonly incident: Incident | undefined
  readonly record: WearerRecord | undefined
  readonly problem: string | undefined
  readonly satellites: number | undefined
  readonly actions: Actions
  readonly onSelectIncident: (incident: Incident) => void
}

export function WearerPanel(props: WearerPanelProps) {
  const { wearerId, incident, record, problem } = props
  if (wearerId === undefined && incident !== undefined) return <SystemPanel {...props} incident={incident} />
  if (wearerId === undefined) {
    return (
      <section className="wearer" aria-label="Wearer">
        <h1 className="visually-hidden">No wearer is chosen</h1>
        <p className="wearer-empty">Choose an incident in the queue, or a tag on the map or in the list.</p>
      </section>
    )
  }
  return (
    <section className="wearer" aria-label="Wearer">
      <WearerHead incident={incident} record={record} />
      {problem !== undefined && <p role="alert">The record cannot be read: {problem}</p>}
      {incident && <IncidentSection {...props} incident={incident} />}
      <OtherIncidents wearerId={wearerId} shown={incident} onSelect={props.onSelectIncident} />
      <h2>Device</h2>
      <DeviceFacts wearerId={wearerId} tagId={tagOf(record) ?? incident?.tagId} satellites={props.satellites} />
      {record && <Conditions record={record} />}
    </section>
  )
}

/** Of a fault of the system itself: there is no wearer to show, and the same work to be done. */
function SystemPanel(props: WearerPanelProps & { readonly incident: Incident }) {
  return (
    <section className="wearer" aria-label="System">
      <header className="wearer-head">
        <h1>Cordon: {props.incident.part}</h1>
        <p>No wearer: this is about the system itself</p>
      </header>
      <IncidentSection {...props} />
    </section>
  )
}

function WearerHead({ incident, record }: Pick<WearerPanelProps, 'incident' | 'record'>) {
  const wearer = record?.wearer
  const tagId = tagOf(record) ?? incident?.tagId
  return (
    <header className="wearer-head">
      <h1>{wearer?.name ?? incident?.wearerName ?? 'Opening…'}</h1>
      <p>{[wearer?.reference ?? incident?.wearerReference, tagId && `Tag ${tagId}`].filter(Boolean).join(' · ')}</p>
      <ul className="flags" aria-label="Flags">
        {wearer?.mappaLevel !== undefined && (
          <li className={wearer.mappaLevel > 1 ? 'flag high' : 'flag'}>
            MAPPA level {wearer.mappaLevel}
            {wearer.mappaCategory !== undefined && `, category ${wearer.mappaCategory}`}
          </li>
        )}
        {wearer?.flags?.map(flag => (
          <li key={flag} className={`flag ${flag}`}>
            {flagWords[flag]}
          </li>
        ))}
        {record?.orders.slice(0, 1).map(({ id, type, risk = 'standard' }) => (
          <li key={id} className={risk === 'standard' ? 'flag' : 'flag high'}>
            {type.replaceAll('-', ' ')}
            {risk !== 'standard' && `, ${risk} risk`}
          </li>
        ))}
      </ul>
    </header>
  )
}

function tagOf(record: WearerRecord | undefined): string | undefined {
  return record?.activations.find(({ to }) => to === undefined)?.tagId
}

function IncidentSection({ incident, actions }: WearerPanelProps & { readonly incident: Incident }) {
  const { user, api } = useSession()
  const nowMs = useNowMs()
  const done = useResource(incident.id, id => api.list<Action>(`/incidents/${id}/actions`), incident.changedAt)
  return (
    <>
      <h2>Incident {incident.id}</h2>
      <IncidentFacts incident={incident} nowMs={nowMs} />
      <IncidentActions
        key={incident.id}
        incident={incident}
        user={user}
        act={actions.act}
        problem={actions.problem?.incidentId === incident.id ? actions.problem.text : undefined}
        isBusy={actions.isBusy}
      />
      <h2>Why it was judged so</h2>
      <IncidentReasons incident={incident} nowMs={nowMs} />
      <h2>Clocks</h2>
      <IncidentClocks incident={incident} nowMs={nowMs} />
      <h2>Timeline</h2>
      <IncidentTimeline incident={incident} actions={done.value ?? []} nowMs={nowMs} />
    </>
  )
}

type OtherIncidentsProps = {
  readonly wearerId: string
  readonly shown: Incident | undefined
  readonly onSelect: (incident: Incident) => void
}

function OtherIncidents({ wearerId, shown, onSelect }: OtherIncidentsProps) {
  const { book } = useLiveState()
  const others = [...book.byId.values()]
    .filter(incident => incident.wearerId === wearerId && incident.id !== shown?.id && incident.state !== 'closed')
    .toSorted(compareIncidents)
  if (others.length === 0) return shown ? null : <p className="wearer-quiet">No open incidents.</p>
  return (
    <>
      <h2>{shown ? 'Other open incidents' : 'Open incidents'}</h2>
      <ul className="other-incidents">
        {others.map(incident => (
          <li key={incident.id}>
            <button type="button" className="button" onClick={() => onSelect(incident)}>
              <SeverityIcon severity={incident.severity} /> {titleOf(incident)},{' '}
              {severityWords[incident.severity].toLowerCase()}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
