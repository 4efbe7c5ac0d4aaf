import type { SystemMessage } from '@cordon/contract'
import { isCalling } from '../incidents/due.ts'
import { useLiveState, useNowMs } from '../live/use-live.ts'
import { useSession } from '../session/use-session.ts'
import type { Theme } from '../theme/map-palette.ts'
import { clockTime, durationWords, zoneAbbreviation } from './time-words.ts'
import type { Sound } from './use-sound.ts'
import './status.css'

export type TopBarProps = {
  readonly theme: Theme
  readonly onTheme: () => void
  readonly sound: Sound
  readonly hasFault: boolean
}

const number = new Intl.NumberFormat('en-GB')

export function TopBar({ theme, onTheme, sound, hasFault }: TopBarProps) {
  const { site } = useSession()
  const { book } = useLiveState()
  const unacknowledged = [...book.byId.values()].filter(isCalling).length
  return (
    <header className="top-bar">
      <p className="site-name">{site.name}</p>
      <FeedHealth hasFault={hasFault} />
      <p>
        Unacknowledged <strong className={unacknowledged > 0 ? 'alarming' : ''}>{number.format(unacknowledged)}</strong>
      </p>
      <div className="top-tools">
        <button type="button" className="button" aria-pressed={sound.isOn} onClick={sound.toggle}>
          {sound.isOn ? 'Sound on' : 'Sound off'}
        </button>
        <button type="button" className="button" onClick={onTheme}>
          {theme === 'dark' ? 'Light theme' : 'Dark theme'}
        </button>
        <Clock />
        <SignedIn />
      </div>
    </header>
  )
}

function FeedHealth({ hasFault }: { readonly hasFault: boolean }) {
  const { connection, system } = useLiveState()
  const nowMs = useNowMs()
  const isDown = connection.state !== 'live'
  return (
    <>
      <p className={`feed ${hasFault || isDown ? 'faulty' : ''}`}>
        <span className="feed-light" aria-hidden="true" />
        {isDown ? (
          `Feed ${connection.state}, ${durationWords(nowMs - connection.sinceMs)}`
        ) : (
          <FeedRate system={system} />
        )}
      </p>
      {system && (
        <p>
          Tags <strong>{number.format(system.tagsReporting)}</strong> of {number.format(system.tagsExpected)}
        </p>
      )}
    </>
  )
}

function FeedRate({ system }: { readonly system: SystemMessage | undefined }) {
  const rate = system?.fixesPerSecond
  const lagSeconds = system?.ingestLagSeconds
  if (rate == null && lagSeconds == null) return 'Feed unknown: no word from ingest'
  return (
    <>
      Feed <strong>{rate == null ? 'unknown' : number.format(Math.round(rate * 10) / 10)}</strong> fixes/s, lag{' '}
      <strong>{lagSeconds == null ? 'unknown' : `${lagSeconds.toFixed(1)} s`}</strong>
    </>
  )
}

function Clock() {
  const nowMs = useNowMs()
  const utc = new Date(nowMs).toISOString()
  return (
    <time className="clock" dateTime={utc} title={`${utc.slice(0, 19).replace('T', ' ')} UTC`}>
      <strong>{clockTime(nowMs)}</strong> {zoneAbbreviation(nowMs)}
    </time>
  )
}

function SignedIn() {
  const { user, api } = useSession()
  const signOut = async () => {
    await api.remove('/session').catch(() => undefined)
    location.assign('/sign-in')
  }
  return (
    <>
      <span className="who">
        {user.displayName} · {user.role}
      </span>
      <button type="button" className="button" onClick={() => void signOut()}>
        Sign out
      </button>
    </>
  )
}
