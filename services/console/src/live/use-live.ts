import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react'
import type { LiveState, LiveStore } from './live-store.ts'

export const LiveContext = createContext<LiveStore | undefined>(undefined)

export function useLiveStore(): LiveStore {
  const store = use(LiveContext)
  if (store === undefined) throw new Error('There is no live store above this component')
  return store
}

/** The live state; the component is rendered again when it changes. Positions are not part of it. */
export function useLiveState(): LiveState {
  const store = useLiveStore()
  return useSyncExternalStore(store.subscribe, store.getState, store.getState)
}

/** The server's time, renewed every second: for countdowns, ages and banners. */
export function useNowMs(): number {
  const store = useLiveStore()
  const [nowMs, setNowMs] = useState(store.nowMs)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(store.nowMs()), 1_000)
    return () => clearInterval(timer)
  }, [store])
  return nowMs
}
