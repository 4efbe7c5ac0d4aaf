import { useLiveStore, useNowMs } from '../live/use-live.ts'
import { gridReference } from '../map/grid-reference.ts'
import { type AgeClass, ageClass } from '../map/staleness.ts'
import { durationWords } from '../status/time-words.ts'
import { Facts } from '../theme/facts.tsx'

const ageNotes: Readonly<Record<AgeClass, string>> = {
  live: '',
  stale: ': stale',
  lost: ': last known place, not where the wearer is now',
}

const sourceWords: Readonly<Record<string, string>> = {
  gnss: 'satellites',
  wifi: 'wifi',
  cell: 'cell towers',
  beacon: 'home beacon',
}

export type DeviceFactsProps = {
  readonly wearerId: string
  readonly tagId: string | undefined
  readonly satellites: number | undefined
}

export function DeviceFacts({ wearerId, tagId, satellites }: DeviceFactsProps) {
  const { tags } = useLiveStore()
  const nowMs = useNowMs()
  const position = tags.ofWearer(wearerId)
  if (position === undefined)
    return (
      <Facts
        facts={[
          ['Tag', tagId],
          ['Last fix', 'none yet'],
        ]}
      />
    )
  const age = ageClass(position.measuredAtMs, nowMs)
  const accuracy = position.accuracyM === undefined ? 'unknown' : `${Math.round(position.accuracyM)} m (95 % circle)`
  return (
    <Facts
      facts={[
        [
          'Last fix',
          <span
            key="age"
            className={`age-${age}`}
          >{`${durationWords(nowMs - position.measuredAtMs)} ago${ageNotes[age]}`}</span>,
        ],
        ['Source', sourceText(position.source, satellites)],
        ['Accuracy', accuracy],
        ['Grid reference', gridReference(position.lon, position.lat)],
        ['Lat, lon', `${position.lat.toFixed(5)}, ${position.lon.toFixed(5)}`],
        ['Battery', position.batteryPercent === undefined ? 'unknown' : `${Math.round(position.batteryPercent)} %`],
        ['Tag', tagId],
      ]}
    />
  )
}

function sourceText(source: string | undefined, satellites: number | undefined): string {
  if (source === undefined) return 'unknown'
  if (source === 'gnss' && satellites !== undefined) return `${satellites} satellites`
  return sourceWords[source] ?? source
}
