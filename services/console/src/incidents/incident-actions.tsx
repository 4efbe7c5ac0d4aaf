import type { Incident } from '@cordon/contract'
import { useState } from 'react'
import { ActionForm, type FormKind } from './action-form.tsx'
import type { ActOnIncident } from './use-actions.ts'

export type IncidentActionsProps = {
  readonly incident: Incident
  readonly account: string
  readonly act: ActOnIncident
  readonly problem: string | undefined
  readonly isBusy: boolean
}

/** The actions stand in fixed places, whatever the incident's state: what cannot be done is greyed, not moved. */
export function IncidentActions({ incident, account, act, problem, isBusy }: IncidentActionsProps) {
  const [form, setForm] = useState<FormKind>()
  const isClosed = incident.state === 'closed'
  const isMine = incident.state !== 'open' && incident.owner === account
  const toggle = (kind: FormKind) => setForm(form === kind ? undefined : kind)
  const opener = (kind: FormKind, words: string, className: string) => (
    <button
      type="button"
      className={`button ${className}`}
      disabled={isClosed}
      aria-expanded={form === kind}
      onClick={() => toggle(kind)}
    >
      {words}
    </button>
  )
  return (
    <div className="actions">
      <button
        type="button"
        className="button primary"
        disabled={isClosed || isMine || isBusy}
        onClick={() => void act(incident, { type: 'acknowledge' })}
      >
        {isMine ? 'You have it' : 'Take alert'}
      </button>
      {opener('note', 'Add note', '')}
      {opener('notify-police', 'Notify police', 'danger')}
      {opener('escalate', 'Escalate', '')}
      {opener('close', 'Close with reason', 'wide')}
      {problem !== undefined && (
        <p className="action-problem" role="alert">
          {problem}
        </p>
      )}
      {form !== undefined && !isClosed && (
        <ActionForm
          key={form}
          kind={form}
          isCritical={incident.severity === 'critical'}
          isBusy={isBusy}
          onCancel={() => setForm(undefined)}
          onSend={async action => {
            if (await act(incident, action)) setForm(undefined)
          }}
        />
      )}
    </div>
  )
}
