import { useEffect, useState } from 'react'
import { useLiveStore } from '../live/use-live.ts'
import type { StatusCounts } from './tag-table.ts'

const shapes = {
  compliant: <circle cx="6" cy="6" r="4.2" />,
  warning: <path d="M6 .6 11.4 6 6 11.4.6 6Z" />,
  breach: <path d="M6 .8 11.6 11H.4Z" />,
  notReporting: <path d="M1.4 1.4h9.2v9.2H1.4Z" />,
}

const entries = [
  ['compliant', 'Compliant'],
  ['warning', 'Warning'],
  ['breach', 'Breach'],
  ['notReporting', 'Not reporting'],
] as const

const refreshMs = 1_000
const number = new Intl.NumberFormat('en-GB')

/** What the shapes mean, and how many there are of each. */
export function MapLegend() {
  const { tags } = useLiveStore()
  const [counts, setCounts] = useState<StatusCounts>(tags.countStatuses)
  useEffect(() => {
    const timer = setInterval(() => setCounts(before => unlessEqual(before, tags.countStatuses())), refreshMs)
    return () => clearInterval(timer)
  }, [tags])
  return (
    <dl className="map-legend" aria-label="Tags by status">
      {entries.map(([status, words]) => (
        <div key={status}>
          <dt>
            <svg className={`legend-${status}`} viewBox="0 0 12 12" aria-hidden="true">
              <title>{words}</title>
              {shapes[status]}
            </svg>
            {words}
          </dt>
          <dd>{number.format(counts[status])}</dd>
        </div>
      ))}
      <div className="legend-note">Grey over 5 min old, struck out over 15</div>
    </dl>
  )
}

function unlessEqual(before: StatusCounts, after: StatusCounts): StatusCounts {
  return entries.every(([status]) => before[status] === after[status]) ? before : after
}
