import { useEffect, useRef, useState } from 'react'
import { isCalling } from '../incidents/due.ts'
import { useLiveState } from '../live/use-live.ts'
import { readPreference, writePreference } from '../session/preferences.ts'
import { playTone } from './siren.ts'

/** Critical repeats until somebody has taken it; often enough to be noticed, seldom enough to speak between. */
const repeatMs = 4_000

export type Sound = {
  readonly isOn: boolean
  /** Wanted, but the browser lets no page make a sound before a click. */
  readonly isBlocked: boolean
  readonly toggle: () => void
  readonly startShift: () => void
}

/** Sound goes with what the screen shows, and is never the only signal. */
export function useSound(): Sound {
  const context = useRef<AudioContext>(undefined)
  const [isOn, setOn] = useState(() => readPreference('sound') !== 'off')
  const [isUnlocked, setUnlocked] = useState(false)
  const { critical, serious } = useOpenCounts()
  const canPlay = isOn && isUnlocked

  function startShift(): void {
    const audio = context.current ?? new AudioContext()
    context.current = audio
    audio.resume().then(
      () => setUnlocked(audio.state === 'running'),
      () => setUnlocked(false),
    )
  }

  useEffect(() => {
    if (!canPlay || critical === 0) return
    const play = () => context.current && playTone(context.current, 'critical')
    play()
    const timer = setInterval(play, repeatMs)
    return () => clearInterval(timer)
  }, [canPlay, critical])
  const before = useRef(serious)
  useEffect(() => {
    if (canPlay && serious > before.current && context.current) playTone(context.current, 'serious')
    before.current = serious
  }, [canPlay, serious])

  const toggle = () => {
    writePreference('sound', isOn ? 'off' : 'on')
    setOn(!isOn)
    if (!isOn && !isUnlocked) startShift()
  }
  return { isOn, isBlocked: isOn && !isUnlocked, toggle, startShift }
}

function useOpenCounts(): { readonly critical: number; readonly serious: number } {
  const { book, provisional } = useLiveState()
  const open = [...book.byId.values()].filter(isCalling)
  const count = (wanted: string) => open.filter(({ severity }) => severity === wanted).length
  return { critical: count('critical') + provisional.items.length, serious: count('serious') }
}
