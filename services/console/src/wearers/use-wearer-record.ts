import type { Activation, Condition, Incident, Order, Pass, Suspension, Wearer, Zone } from '@cordon/contract'
import type { Api } from '../session/api.ts'
import { type Resource, useResource } from '../session/use-resource.ts'
import { useSession } from '../session/use-session.ts'

export type WearerRecord = {
  readonly wearer: Wearer
  readonly activations: readonly Activation[]
  readonly orders: readonly Order[]
  readonly conditions: readonly Condition[]
  readonly zones: readonly Zone[]
  readonly passes: readonly Pass[]
  readonly suspensions: readonly Suspension[]
}

/** Everything the panel shows of a wearer. Opening it is audited by the server, so it is asked once per opening. */
export function useWearerRecord(wearerId: string | undefined): Resource<WearerRecord> {
  const { api } = useSession()
  return useResource(wearerId, id => readRecord(api, id))
}

async function readRecord(api: Api, wearerId: string): Promise<WearerRecord> {
  const of = { wearerId }
  const [wearer, activations, orders, conditions, zones, suspensions] = await Promise.all([
    api.read<Wearer>(`/wearers/${wearerId}`),
    api.list<Activation>('/activations', of),
    api.list<Order>('/orders', of),
    api.list<Condition>('/conditions', of),
    api.list<Zone>('/zones', of),
    api.list<Suspension>('/suspensions', of),
  ])
  const passes = await Promise.all(conditions.map(({ id }) => api.list<Pass>('/passes', { conditionId: id })))
  return { wearer, activations, orders, conditions, zones, suspensions, passes: passes.flat() }
}

/**
 * The zones to draw for a wearer: those in force, but the one of the selected incident in the version it was
 * judged against, which may have been changed since.
 */
export function useZonesToDraw(record: WearerRecord | undefined, incident: Incident | undefined): readonly Zone[] {
  const { api } = useSession()
  const current = record?.zones ?? []
  const judged = incident?.zoneId === undefined ? undefined : { id: incident.zoneId, version: incident.zoneVersion }
  const isCurrent = current.some(({ id, version }) => id === judged?.id && version === judged.version)
  const wanted = record === undefined || judged === undefined || isCurrent ? undefined : judged
  const versions = useResource(wanted?.id, id => api.list<Zone>(`/zones/${id}/versions`))
  const atJudgement = versions.value?.find(({ version }) => version === wanted?.version)
  if (atJudgement === undefined) return current
  return [...current.filter(({ id }) => id !== atJudgement.id), atJudgement]
}
