import type { Wearer } from '@cordon/contract'
import { gridReference } from '../map/grid-reference.ts'
import { type AgeClass, ageClass } from '../map/staleness.ts'
import type { TagStatus } from '../map/tag-status.ts'
import type { TagPosition, TagTable } from '../map/tag-table.ts'
import { durationWords } from '../status/time-words.ts'

export type PositionRow = {
  readonly key: string
  readonly wearerId: string
  readonly name: string
  readonly status: string
  readonly ageClass: AgeClass
  readonly age: string
  readonly gridReference: string
  readonly accuracy: string
  readonly source: string
  readonly battery: string
}

const statusWords: Readonly<Record<TagStatus, string>> = {
  compliant: '● Compliant',
  warning: '◆ Warning',
  breach: '▲ Breach',
}
const names = new Intl.Collator('en-GB', { numeric: true })

type Question = { readonly search: string; readonly nowMs: number }

/** One row per tag, by name. Searched by name or reference; a wearer whose name is not yet known shows the id. */
export function positionRows(tags: TagTable, wearers: ReadonlyMap<string, Wearer>, question: Question): PositionRow[] {
  const wanted = question.search.trim().toLowerCase()
  return tags
    .all()
    .map((position, slot) => {
      const wearer = wearers.get(position.wearerId)
      const name = wearer ? `${wearer.name}, ${wearer.reference}` : `Wearer ${position.wearerId}`
      return toRow(position, { name, status: tags.lookAt(slot).status, nowMs: question.nowMs })
    })
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((left, right) => names.compare(left.name, right.name))
}

type About = { readonly name: string; readonly status: TagStatus; readonly nowMs: number }

function toRow(position: TagPosition, { name, status, nowMs }: About): PositionRow {
  const age = ageClass(position.measuredAtMs, nowMs)
  const isSilent = age !== 'live' && status === 'compliant'
  return {
    key: position.activationId,
    wearerId: position.wearerId,
    name,
    status: isSilent ? '■ Not reporting' : statusWords[status],
    ageClass: age,
    age: `${durationWords(nowMs - position.measuredAtMs)} ago`,
    gridReference:
      gridReference(position.lon, position.lat) ?? `${position.lat.toFixed(5)}, ${position.lon.toFixed(5)}`,
    accuracy: position.accuracyM === undefined ? 'unknown' : `${Math.round(position.accuracyM)} m`,
    source: position.source ?? 'unknown',
    battery: position.batteryPercent === undefined ? 'unknown' : `${Math.round(position.batteryPercent)} %`,
  }
}
