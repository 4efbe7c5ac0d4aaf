import { useEffect, useRef, useState } from 'react'
import { useLiveState, useLiveStore } from '../live/use-live.ts'
import { readPreference, writePreference } from '../session/preferences.ts'
import { createSiren, type Siren } from './create-siren.ts'
import { playTone } from './siren.ts'

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
  const canPlay = isOn && isUnlocked

  function startShift(): void {
    const audio = context.current ?? new AudioContext()
    context.current = audio
    audio.resume().then(
      () => setUnlocked(audio.state === 'running'),
      () => setUnlocked(false),
    )
  }

  useSiren(canPlay, context)

  const toggle = () => {
    writePreference('sound', isOn ? 'off' : 'on')
    setOn(!isOn)
    if (!isOn && !isUnlocked) startShift()
  }
  return { isOn, isBlocked: isOn && !isUnlocked, toggle, startShift }
}

/** A siren for as long as it can be heard: whoever switches the sound on hears what is open then. */
function useSiren(canPlay: boolean, context: React.RefObject<AudioContext | undefined>): void {
  const store = useLiveStore()
  const { book, provisional } = useLiveState()
  const siren = useRef<Siren>(undefined)
  useEffect(() => {
    if (!canPlay) return
    const made = createSiren(tone => context.current && playTone(context.current, tone), store.nowMs)
    siren.current = made
    return () => {
      made.stop()
      siren.current = undefined
    }
  }, [canPlay, context, store])
  // biome-ignore lint/correctness/useExhaustiveDependencies: one that was just made is told what there is
  useEffect(() => {
    siren.current?.update({ incidents: [...book.byId.values()], provisional: provisional.items })
  }, [book, provisional, canPlay])
}
