import type { ProvisionalAlert } from '@cordon/contract'
import { useLiveState, useNowMs } from '../live/use-live.ts'
import { gridReference } from '../map/grid-reference.ts'
import { durationWords, minuteWords } from '../status/time-words.ts'
import { nameOf, useWearers } from '../wearers/use-directory.ts'
import './provisional.css'
import { SeverityIcon } from './severity-icon.tsx'
import { titleOf } from './words.ts'

export type ProvisionalListProps = {
  readonly onSelect: (wearerId: string) => void
  readonly onShow: (alert: ProvisionalAlert) => void
}

/**
 * Critical breaches that are judged and not on record, above the queue and unlike anything in it: nobody can take them, and each leaves
 * when its incident comes, or when the last word is another. What can be done is to see who it is, and where.
 */
export function ProvisionalList({ onSelect, onShow }: ProvisionalListProps) {
  const { provisional } = useLiveState()
  const { items, leftOut } = provisional
  if (items.length === 0) return null
  return (
    <section className="provisional" aria-label="Not yet recorded">
      <h2>
        <span aria-hidden="true">⚠ </span>NOT YET RECORDED ({items.length + leftOut})
      </h2>
      <p>Act by phone: none of these can be taken or closed until it is on record.</p>
      <ul>
        {items.map(alert => (
          <ProvisionalRow key={alert.episodeId} alert={alert} onSelect={onSelect} onShow={onShow} />
        ))}
      </ul>
      {leftOut > 0 && <p>{leftOut} more are known and cannot be listed.</p>}
    </section>
  )
}

function ProvisionalRow({ alert, onSelect, onShow }: ProvisionalListProps & { readonly alert: ProvisionalAlert }) {
  const nowMs = useNowMs()
  const wearers = useWearers()
  return (
    <li className="provisional-row" data-provisional={alert.episodeId}>
      <p className="provisional-mark">
        <SeverityIcon severity={alert.severity} /> Critical, not yet recorded
      </p>
      <h3>{titleOf(alert)}</h3>
      <p className="provisional-who">
        {nameOf(wearers, alert.wearerId)}
        {alert.zoneName != null && <span className="provisional-zone">“{alert.zoneName}”</span>}
      </p>
      <p>
        Happened {minuteWords(Date.parse(alert.happenedAt), nowMs)}
        {alert.endedAt === null
          ? `, ${durationWords(nowMs - Date.parse(alert.happenedAt))} ago`
          : `, over since ${minuteWords(Date.parse(alert.endedAt), nowMs)}`}
        {alert.position !== null && (
          <span className="provisional-seen">Last seen {placeWords(alert.position, nowMs)}</span>
        )}
      </p>
      <p className="provisional-reason">{alert.reason}</p>
      <div className="provisional-tools">
        <button type="button" className="button" onClick={() => onSelect(alert.wearerId)}>
          See wearer
        </button>
        <button type="button" className="button" onClick={() => onShow(alert)} disabled={alert.position === null}>
          See place
        </button>
      </div>
    </li>
  )
}

function placeWords({ lon, lat, time }: NonNullable<ProvisionalAlert['position']>, nowMs: number): string {
  return `${gridReference(lon, lat) ?? `${lat.toFixed(5)}, ${lon.toFixed(5)}`}, ${durationWords(nowMs - Date.parse(time))} ago`
}
