import { spanWords } from '../status/time-words.ts'
import type { LateGroup } from './late-groups.ts'
import { SeverityIcon } from './severity-icon.tsx'
import { severityWords } from './words.ts'

export type LateGroupRowProps = {
  readonly group: LateGroup
  readonly isOpen: boolean
  readonly nowMs: number
  readonly onToggle: (key: string) => void
}

/** "37 late incidents, happened 05:30 to 06:20": one row for all of them, opened by a click or Enter. */
export function LateGroupRow({ group, isOpen, nowMs, onToggle }: LateGroupRowProps) {
  const { key, incidents, severity, zoneName, fromMs, toMs } = group
  return (
    <button type="button" className="queue-row queue-group" aria-expanded={isOpen} onClick={() => onToggle(key)}>
      <SeverityIcon severity={severity} />
      <span className="queue-title">{incidents.length} late incidents, all over</span>
      <span className={`queue-severity severity-${severity}`}>{severityWords[severity]}</span>
      <span className="queue-detail">
        {zoneName === undefined ? '' : `“${zoneName}”, `}happened {spanWords(fromMs, toMs, nowMs)}
      </span>
      <span className="queue-owner">{isOpen ? 'Hide' : 'Show'}</span>
    </button>
  )
}
