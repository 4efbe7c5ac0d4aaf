import { useEffect, useRef, useState } from 'react'
import { isCalling } from '../incidents/due.ts'
import { subjectOf, titleOf } from '../incidents/words.ts'
import { useLiveState, useLiveStore } from '../live/use-live.ts'
import { nameOf, useWearers } from '../wearers/use-directory.ts'

/** A screen reader is told how things stand at most this often, and never of a tag that moved. */
const summaryMs = 5_000

/** What is read out without being looked at: a polite summary, and a critical incident at once. */
export function Announcer() {
  const { lastCritical, lastProvisional } = useLiveState()
  const wearers = useWearers()
  const summary = useSummary()
  return (
    <>
      <p className="visually-hidden" role="status" aria-live="polite">
        {summary}
      </p>
      <p className="visually-hidden" aria-live="assertive">
        {lastCritical && `Critical: ${titleOf(lastCritical)}, ${lastCritical.wearerName ?? subjectOf(lastCritical)}`}
      </p>
      <p className="visually-hidden" aria-live="assertive">
        {lastProvisional &&
          `Critical, not yet recorded: ${titleOf(lastProvisional)}, ${nameOf(wearers, lastProvisional.wearerId)}`}
      </p>
    </>
  )
}

function useSummary(): string {
  const store = useLiveStore()
  const [summary, setSummary] = useState('')
  const known = useRef<ReadonlySet<string>>(undefined)
  useEffect(() => {
    const timer = setInterval(() => {
      const open = [...store.getState().book.byId.values()].filter(isCalling)
      const ids = new Set(open.map(({ id }) => id))
      const fresh = known.current === undefined ? 0 : [...ids].filter(id => !known.current?.has(id)).length
      known.current = ids
      const criticals = open.filter(({ severity }) => severity === 'critical').length
      if (fresh > 0) setSummary(`${fresh} new, ${open.length} unacknowledged, ${criticals} of them critical`)
    }, summaryMs)
    return () => clearInterval(timer)
  }, [store])
  return summary
}
