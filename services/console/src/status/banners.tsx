import { useNowMs } from '../live/use-live.ts'
import type { Alarm } from './alarms.ts'
import { clockTime, durationWords } from './time-words.ts'
import type { Sound } from './use-sound.ts'

export type BannersProps = { readonly alarms: readonly Alarm[]; readonly sound: Sound; readonly isMapLost: boolean }

/** What is wrong with the system itself, above everything else, for as long as it is wrong. */
export function Banners({ alarms, sound, isMapLost }: BannersProps) {
  return (
    <section className="banners" aria-label="Notices">
      <div role="alert">
        {alarms.map(alarm => (
          <p key={alarm.id} className={`banner ${alarm.level}`} data-alarm={alarm.id}>
            {alarm.text}
            <Since sinceMs={alarm.sinceMs} />
          </p>
        ))}
        {isMapLost && (
          <p className="banner warning" data-alarm="map">
            The map cannot be drawn on this device. The queue and the list of positions work as before.
          </p>
        )}
      </div>
      {sound.isBlocked && (
        <p className="banner danger">
          Sound is blocked by the browser until you start your shift.
          <button type="button" className="button" onClick={sound.startShift}>
            Start shift
          </button>
        </p>
      )}
    </section>
  )
}

/** Not read out each second: the text of an alert is announced whenever it changes. */
function Since({ sinceMs }: { readonly sinceMs: number | undefined }) {
  const nowMs = useNowMs()
  if (sinceMs === undefined) return null
  return (
    <span className="since">
      since {clockTime(sinceMs)} <span aria-hidden="true">({durationWords(nowMs - sinceMs)})</span>
    </span>
  )
}
