import { useLiveState, useLiveStore, useNowMs } from '../live/use-live.ts'
import { type Alarm, readAlarms } from './alarms.ts'

export function useAlarms(): readonly Alarm[] {
  const store = useLiveStore()
  const state = useLiveState()
  return readAlarms(state, store.lastMessageAtMs(), useNowMs())
}
