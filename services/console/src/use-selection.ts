import type { Incident } from '@cordon/contract'
import { useCallback, useMemo, useState } from 'react'
import { useLiveState } from './live/use-live.ts'
import type { Selection } from './map/map-panel.tsx'
import { nameOf, useWearers } from './wearers/use-directory.ts'

export type Selected = {
  readonly wearerId: string | undefined
  /** The selected incident as it is now, not as it was when it was chosen. */
  readonly incident: Incident | undefined
  readonly named: Selection | undefined
  readonly selectIncident: (incident: Incident) => void
  readonly selectWearer: (wearerId: string) => void
}

type Choice = { readonly wearerId?: string; readonly incidentId?: string }

/** Who and what the screen is about: an incident and its wearer, or a wearer alone. */
export function useSelection(): Selected {
  const [choice, setChoice] = useState<Choice>({})
  const { book } = useLiveState()
  const wearers = useWearers()
  const incident = choice.incidentId === undefined ? undefined : book.byId.get(choice.incidentId)
  const { wearerId } = choice
  const name = incident?.wearerName ?? nameOf(wearers, wearerId ?? '')
  const named = useMemo(() => (wearerId === undefined ? undefined : { wearerId, name }), [wearerId, name])
  const selectIncident = useCallback(
    ({ id, wearerId: of }: Incident) => setChoice({ ...(of !== undefined && { wearerId: of }), incidentId: id }),
    [],
  )
  const selectWearer = useCallback((id: string) => setChoice({ wearerId: id }), [])
  return { wearerId, incident, named, selectIncident, selectWearer }
}
