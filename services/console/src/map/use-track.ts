import type { Track, TrackFeature } from '@cordon/contract'
import type { Api } from '../session/api.ts'
import { type Resource, useResource } from '../session/use-resource.ts'
import { useSession } from '../session/use-session.ts'

export const trackHours = [1, 3, 12, 24] as const
export type TrackHours = (typeof trackHours)[number]

/** The track of a wearer's last hours, oldest fix first. Every reading is audited, so it is read once per choice. */
export function useTrack(
  wearerId: string | undefined,
  hours: TrackHours,
  nowMs: () => number,
): Resource<TrackFeature[]> {
  const { api } = useSession()
  return useResource(wearerId, id => readTrack(api, id, { toMs: nowMs(), hours }), hours)
}

async function readTrack(api: Api, wearerId: string, range: { toMs: number; hours: number }): Promise<TrackFeature[]> {
  const to = new Date(range.toMs).toISOString()
  const from = new Date(range.toMs - range.hours * 3_600_000).toISOString()
  const fixes: TrackFeature[] = []
  let cursor: string | undefined
  do {
    const page: Track = await api.read<Track>(`/wearers/${wearerId}/track`, { from, to, limit: 1000, cursor })
    fixes.push(...page.features)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return fixes
}
