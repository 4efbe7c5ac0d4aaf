import type { ActionCreate, Outcome } from '@cordon/contract'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { outcomeWords } from './words.ts'

export type FormKind = 'note' | 'notify-police' | 'escalate' | 'close'

const headings: Readonly<Record<FormKind, string>> = {
  note: 'Note',
  'notify-police': 'Police notified',
  escalate: 'Escalate',
  close: 'Close with a reason',
}

export type ActionFormProps = {
  readonly kind: FormKind
  readonly isCritical: boolean
  readonly isBusy: boolean
  readonly onCancel: () => void
  readonly onSend: (action: ActionCreate) => Promise<void>
}

/** What an action needs to be told. Closing a critical incident is shown once more before it is sent. */
export function ActionForm({ kind, isCritical, isBusy, onCancel, onSend }: ActionFormProps) {
  const [text, setText] = useState('')
  const [reference, setReference] = useState('')
  const [outcome, setOutcome] = useState<Outcome>()
  const [isSecondLook, setSecondLook] = useState(false)
  const action = { type: kind, ...optional({ text: text.trim(), reference: reference.trim(), outcome }) }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (kind === 'close' && isCritical && !isSecondLook) setSecondLook(true)
    else void onSend(action)
  }

  if (isSecondLook && outcome !== undefined) {
    return (
      <form className="action-form" onSubmit={submit} aria-label="A second look">
        <p>
          This incident is critical. Close it as <strong>{outcomeWords[outcome].toLowerCase()}</strong>: “{text.trim()}
          ”?
        </p>
        <FormButtons
          words="Yes, close it"
          isBusy={isBusy}
          onCancel={() => setSecondLook(false)}
          cancelWords="Go back"
        />
      </form>
    )
  }
  return (
    <form className="action-form" onSubmit={submit} aria-label={headings[kind]}>
      {kind === 'close' && <OutcomeField outcome={outcome} onOutcome={setOutcome} />}
      {kind === 'notify-police' && <ReferenceField reference={reference} onReference={setReference} />}
      <TextField kind={kind} text={text} onText={setText} />
      <FormButtons words={headings[kind]} isBusy={isBusy} onCancel={onCancel} cancelWords="Cancel" />
    </form>
  )
}

function optional(fields: { text: string; reference: string; outcome: Outcome | undefined }): Partial<ActionCreate> {
  return {
    ...(fields.text !== '' && { text: fields.text }),
    ...(fields.reference !== '' && { reference: fields.reference }),
    ...(fields.outcome !== undefined && { outcome: fields.outcome }),
  }
}

type OutcomeFieldProps = { readonly outcome: Outcome | undefined; readonly onOutcome: (outcome: Outcome) => void }

function OutcomeField({ outcome, onOutcome }: OutcomeFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>Outcome</label>
      <select id={id} required value={outcome ?? ''} onChange={event => onOutcome(event.target.value as Outcome)}>
        <option value="" disabled>
          Choose one
        </option>
        {Object.entries(outcomeWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

type ReferenceFieldProps = { readonly reference: string; readonly onReference: (reference: string) => void }

function ReferenceField({ reference, onReference }: ReferenceFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>Police reference</label>
      <input id={id} required maxLength={64} value={reference} onChange={event => onReference(event.target.value)} />
    </div>
  )
}

type TextFieldProps = { readonly kind: FormKind; readonly text: string; readonly onText: (text: string) => void }

function TextField({ kind, text, onText }: TextFieldProps) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (kind === 'note' || kind === 'escalate') area.current?.focus()
  }, [kind])
  const isRequired = kind === 'note' || kind === 'close'
  const words = kind === 'close' ? 'Reason' : 'Note'
  return (
    <div className="field">
      <label htmlFor={id}>{isRequired ? words : `${words} (if any)`}</label>
      <textarea
        id={id}
        ref={area}
        rows={3}
        required={isRequired}
        maxLength={4000}
        value={text}
        onChange={event => onText(event.target.value)}
      />
    </div>
  )
}

type FormButtonsProps = {
  readonly words: string
  readonly cancelWords: string
  readonly isBusy: boolean
  readonly onCancel: () => void
}

function FormButtons({ words, cancelWords, isBusy, onCancel }: FormButtonsProps) {
  return (
    <div className="form-buttons">
      <button type="submit" className="button primary" disabled={isBusy}>
        {words}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {cancelWords}
      </button>
    </div>
  )
}
