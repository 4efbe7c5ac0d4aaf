import { type FocusEvent, useCallback, useEffect, useRef, useState } from 'react'

/** A hand that has left the keyboard for this long no longer holds the queue still. */
const thawAfterMs = 30_000

/**
 * Whether the keyboard is at work inside an element: its focus is visible there (not one left by a click) and a
 * key was pressed within the last half minute. `release` lets go at once.
 */
export function useKeyboardInside() {
  const [isInside, setInside] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const release = useCallback(() => {
    clearTimeout(timer.current)
    setInside(false)
  }, [])
  const hold = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setInside(false), thawAfterMs)
    setInside(true)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  const onFocus = (event: FocusEvent) => {
    if (event.target.matches(':focus-visible')) hold()
  }
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) release()
  }
  return { isInside, release, handlers: { onFocus, onBlur, onKeyDown: hold } }
}
