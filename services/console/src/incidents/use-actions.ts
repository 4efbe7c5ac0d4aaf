import type { ActionCreate, ActionResult, Incident } from '@cordon/contract'
import { useState } from 'react'
import { useLiveStore } from '../live/use-live.ts'
import { ApiProblem } from '../session/api.ts'
import { useSession } from '../session/use-session.ts'

/** Sends an action; true when the server took it. */
export type ActOnIncident = (incident: Incident, action: ActionCreate) => Promise<boolean>

export type Actions = {
  readonly act: ActOnIncident
  /** What went wrong, and with which incident: it must not show beside another one. */
  readonly problem: { readonly incidentId: string; readonly text: string } | undefined
  readonly isBusy: boolean
}

/** Taking is compare-and-set on the server: of two operators one gets 409 and the name of the other. */
export function useActions(): Actions {
  const { api } = useSession()
  const store = useLiveStore()
  const [problem, setProblem] = useState<Actions['problem']>()
  const [isBusy, setBusy] = useState(false)

  async function act(incident: Incident, action: ActionCreate): Promise<boolean> {
    setBusy(true)
    setProblem(undefined)
    try {
      const result = await api.send<ActionResult>(`/incidents/${incident.id}/actions`, action)
      store.remember(result.incident)
      store.refreshTags()
      return true
    } catch (failure) {
      setProblem({ incidentId: incident.id, text: problemWords(failure) })
      if (failure instanceof ApiProblem && failure.status === 409) await readAgain(incident.id)
      return false
    } finally {
      setBusy(false)
    }
  }

  /** After a conflict the screen shows who has it now; if even that fails, the stream will bring it. */
  async function readAgain(id: string): Promise<void> {
    const current = await api.read<Incident>(`/incidents/${id}`).catch(() => undefined)
    if (current !== undefined) store.remember(current)
  }

  return { act, problem, isBusy }
}

function problemWords(failure: unknown): string {
  if (failure instanceof ApiProblem && failure.status === 409 && failure.owner !== undefined) {
    return `${failure.owner} has this incident already.`
  }
  return failure instanceof Error ? failure.message : String(failure)
}
