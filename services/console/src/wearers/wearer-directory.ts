import type { Wearer } from '@cordon/contract'
import type { Api } from '../session/api.ts'

/** Asked again at most this often for wearers that the directory does not know yet. */
const reloadAfterMs = 30_000

export type WearerDirectory = ReturnType<typeof createWearerDirectory>

/** Names of all wearers whom the person may see: positions carry ids alone. */
export function createWearerDirectory(api: Api, now: () => number) {
  const listeners = new Set<() => void>()
  let byId: ReadonlyMap<string, Wearer> = new Map()
  let askedAtMs = Number.NEGATIVE_INFINITY

  /** Fails quietly: without names the map and the queue still work, and the next unknown id asks again. */
  async function load(): Promise<void> {
    askedAtMs = now()
    try {
      const wearers = await api.list<Wearer>('/wearers')
      byId = new Map(wearers.map(wearer => [wearer.id, wearer]))
      for (const listener of listeners) listener()
    } catch {
      return
    }
  }

  return {
    load,
    /** The name, or undefined for somebody new: then the list is asked for again in the background. */
    nameOf: (wearerId: string): string | undefined => {
      const known = byId.get(wearerId)
      if (known === undefined && now() - askedAtMs > reloadAfterMs) void load()
      return known?.name
    },
    getAll: () => byId,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
