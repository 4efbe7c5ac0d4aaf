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
export function MapLegend({ hasTrack }: { readonly hasTrack: boolean }) {
  const { tags } = useLiveStore()
  const [counts, setCounts] = useState<StatusCounts>(tags.countStatuses)
  useEffect(() => {
    const timer = setInterval(() => setCounts(before => unlessEqual(before, tags.countStatuses())), refreshMs)
    return () => clearInterval(timer)
  }, [tags])
  return (
    <section className="map-legend" aria-label="Legend">
      <dl>
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
      </dl>
      <p className="legend-note">Grey: over 5 min old. Struck out: over 15.</p>
      {hasTrack && <TrackLegend />}
    </section>
  )
}

const gaps = [
  ['short', 'no fix for under 2 min'],
  ['medium', 'under 10 min'],
  ['long', '10 min or more'],
] as const

/** A dotted line is not the route: only that there is no fix between its ends. */
function TrackLegend() {
  return (
    <ul className="legend-note">
      {gaps.map(([gap, words]) => (
        <li key={gap}>
          <svg className={`legend-gap gap-${gap}`} viewBox="0 0 24 6" aria-hidden="true">
            <title>{words}</title>
            <path d="M3 3h20" />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}

function unlessEqual(before: StatusCounts, after: StatusCounts): StatusCounts {
  return entries.every(([status]) => before[status] === after[status]) ? before : after
}
