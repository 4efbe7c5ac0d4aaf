import type { Incident, Role, User } from '@cordon/contract'
import { useState } from 'react'
import { ActionForm, type FormKind } from './action-form.tsx'
import type { ActOnIncident } from './use-actions.ts'

/** Who may work incidents; the server decides, this only greys what it would refuse. */
const mayWork: Readonly<Record<Role, boolean>> = {
  'read-only': false,
  operator: true,
  supervisor: true,
  officer: true,
  'zone-author': false,
  administrator: true,
  auditor: false,
  'data-protection': false,
}

export type IncidentActionsProps = {
  readonly incident: Incident
  readonly user: User
  readonly act: ActOnIncident
  readonly problem: string | undefined
  readonly isBusy: boolean
}

/** The actions stand in fixed places, whatever the incident's state: what cannot be done is greyed, not moved. */
export function IncidentActions({ incident, user, act, problem, isBusy }: IncidentActionsProps) {
  const [form, setForm] = useState<FormKind>()
  const isFixed = incident.state === 'closed' || !mayWork[user.role]
  const isMine = incident.state !== 'open' && incident.owner === user.name
  const toggle = (kind: FormKind) => setForm(form === kind ? undefined : kind)
  const opener = (kind: FormKind, words: string, className: string) => (
    <button
      type="button"
      className={`button ${className}`}
      disabled={isFixed}
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
        disabled={isFixed || isMine || isBusy}
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
      {form !== undefined && !isFixed && (
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
