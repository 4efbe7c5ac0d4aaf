import type { Zone } from '@cordon/contract'
import { useEffect, useState } from 'react'
import { useLiveStore } from '../live/use-live.ts'
import type { StatusCounts } from './tag-table.ts'
import { drawnKinds } from './zone-kinds.ts'

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

export type MapLegendProps = {
  readonly hasTrack: boolean
  readonly hasTransit: boolean
  readonly zones: readonly Zone[]
}

/** What the shapes mean, and how many there are of each; of zones and lines those that are drawn. */
export function MapLegend({ hasTrack, hasTransit, zones }: MapLegendProps) {
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
      <ZoneLegend zones={zones} />
      {hasTrack && <TrackLegend />}
      {hasTransit && (
        <p className="legend-note">
          <svg className="legend-gap legend-transit" viewBox="0 0 24 6" aria-hidden="true">
            <title>Possible transit</title>
            <path d="M0 3h24" />
          </svg>
          possible way through a zone, not measured
        </p>
      )}
    </section>
  )
}

const kindNotes: Readonly<Record<Zone['kind'], string>> = {
  exclusion: 'Exclusion: hatched',
  inclusion: 'Inclusion: tinted',
  restriction: 'Restriction: dashed',
  interest: 'Interest: dotted',
}

/** Each kind that is drawn, told by its filling and edge as well as its colour. */
function ZoneLegend({ zones }: { readonly zones: readonly Zone[] }) {
  const kinds = drawnKinds.filter(kind => zones.some(zone => zone.kind === kind))
  if (kinds.length === 0) return null
  return (
    <ul className="legend-note">
      {kinds.map(kind => (
        <li key={kind}>
          <svg className={`legend-zone zone-${kind}`} viewBox="0 0 24 12" aria-hidden="true">
            <title>{kindNotes[kind]}</title>
            <rect x="1.5" y="1.5" width="21" height="9" />
            {kind === 'exclusion' && <path d="M3 9.5 9 2.5M8 9.5 14 2.5M13 9.5 19 2.5" />}
          </svg>
          {kindNotes[kind]}
        </li>
      ))}
      {zones.some(({ buffer }) => buffer > 0) && <li>Thin dashes: buffer</li>}
    </ul>
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
