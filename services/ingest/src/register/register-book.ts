import type { ActivationId, TagId, WearerId, ZoneId } from '@cordon/contract'
import type { Logger } from '@cordon/runtime'
import type { readTags, StoredPolicy, WatchConfiguration } from '@cordon/store'
import { createWatchContext, type PolicyVersion } from '@cordon/watch'
import type { KnownActivation, KnownTag, Register, ZoneName } from './register.ts'
import { toWatched } from './watched-conditions.ts'
import { createZoneCache } from './zone-cache.ts'

export interface RegisterBook {
  readonly register: Register
  /** Conditions that nobody watches. */
  readonly unwatched: () => number
  putTags(known: Awaited<ReturnType<typeof readTags>>): void
  /** For what is put from now on. */
  putPolicies(policies: readonly StoredPolicy[]): void
  /** Replaces these wearers. */
  put(configuration: WatchConfiguration, wearerIds: readonly WearerId[]): void
  /** Leaves out whoever is not among these. */
  forgetOthers(wearerIds: ReadonlySet<WearerId>): void
}

/** The register in memory, by tag and by wearer. */
export function createRegisterBook(logger: Logger): RegisterBook {
  const tags = new Map<TagId, KnownTag & { activations: KnownActivation[] }>()
  const byId = new Map<ActivationId, KnownActivation>()
  const byWearer = new Map<WearerId, KnownActivation[]>()
  const unwatchedOf = new Map<WearerId, number>()
  const cache = createZoneCache()
  let policies: readonly PolicyVersion[] = []

  const forget = (wearerId: WearerId) => {
    for (const activation of byWearer.get(wearerId) ?? []) {
      byId.delete(activation.id)
      const tag = tags.get(activation.tagId)
      if (tag !== undefined) tag.activations = tag.activations.filter(({ id }) => id !== activation.id)
    }
    byWearer.delete(wearerId)
    unwatchedOf.delete(wearerId)
  }

  const add = (activation: KnownActivation) => {
    byId.set(activation.id, activation)
    byWearer.set(activation.wearerId, [...(byWearer.get(activation.wearerId) ?? []), activation])
    const tag = tags.get(activation.tagId)
    if (tag !== undefined) tag.activations = [...tag.activations, activation].sort((a, b) => a.from - b.from)
  }

  const watch = (
    { activation, conditions, risk, suspensions }: WatchConfiguration['activations'][number],
    zones: WatchConfiguration['zones'],
    names: ReadonlyMap<ZoneId, ZoneName>,
  ) => {
    const { id, wearerId, tagId, from, to } = activation
    const watched = conditions.flatMap(condition => {
      const result = toWatched(condition, zones, cache)
      if ('watched' in result) return result.watched
      unwatchedOf.set(wearerId, (unwatchedOf.get(wearerId) ?? 0) + 1)
      const { unwatched: why, cause } = result
      logger.error({ conditionId: condition.conditionId, why, err: cause }, 'a condition is watched by nobody')
      return []
    })
    const period = { activationId: id, from, to }
    const context = createWatchContext({ activation: period, conditions: watched, policies, risk, suspensions })
    const zoneIds = new Set(conditions.map(({ zoneId }) => zoneId))
    const zoneNames = [...zoneIds].flatMap(zoneId => names.get(zoneId) ?? [])
    add({ id, wearerId, tagId, from, to, context, zoneNames })
  }

  return {
    putTags: known => {
      for (const { id, protocol, isRevoked } of known) {
        tags.set(id, { protocol, isRevoked, activations: tags.get(id)?.activations ?? [] })
      }
    },
    putPolicies: stored => {
      policies = stored.map(({ version, from, body }) => ({ version, from, ...body }))
    },
    put: ({ activations, zones }, wearerIds) => {
      for (const wearerId of wearerIds) forget(wearerId)
      // one for each zone, however many have it
      const names = new Map([...zones.values()].map(({ zoneId, name }) => [zoneId, { zoneId, name }]))
      for (const activation of activations) watch(activation, zones, names)
      cache.forgetSmall()
    },
    forgetOthers: wearerIds => {
      for (const wearerId of [...byWearer.keys()]) if (!wearerIds.has(wearerId)) forget(wearerId)
    },
    unwatched: () => [...unwatchedOf.values()].reduce((sum, count) => sum + count, 0),
    register: {
      tag: id => tags.get(id),
      activation: id => byId.get(id),
      activations: () => byId.values(),
    },
  }
}
