import { mercatorX, mercatorY } from './mercator.ts'
import { ageClass } from './staleness.ts'
import { decodeLook, encodeLook, type TagStatus } from './tag-status.ts'

/** What the table keeps of a position. Times are epoch milliseconds; unknown numbers are absent. */
export type TagPosition = {
  readonly activationId: string
  readonly wearerId: string
  readonly measuredAtMs: number
  readonly lat: number
  readonly lon: number
  readonly accuracyM?: number | undefined
  readonly batteryPercent?: number | undefined
  readonly source?: string | undefined
}

export type StatusCounts = {
  readonly compliant: number
  readonly warning: number
  readonly breach: number
  readonly notReporting: number
}

/** Vertices are float32 offsets from here, which keeps them within 5 cm over the whole of Great Britain. */
export const tableOrigin = { x: mercatorX(-0.87), y: mercatorY(52.28) }
const firstCapacity = 1024

export type TagTable = ReturnType<typeof createTagTable>

/**
 * The latest position of every activation, in typed arrays that the map's layer hands to the graphics card as
 * they are. Slots are never moved; `clear` empties the table (a snapshot replaces everything).
 */
export function createTagTable() {
  const slots = new Map<string, number>()
  const slotOfWearer = new Map<string, number>()
  const positions: TagPosition[] = []
  let vertices = new Float32Array(firstCapacity * 2)
  let looks = new Uint8Array(firstCapacity)
  let dirtyFrom = Number.POSITIVE_INFINITY
  let dirtyTo = -1
  let generation = 0

  function touch(slot: number): void {
    dirtyFrom = Math.min(dirtyFrom, slot)
    dirtyTo = Math.max(dirtyTo, slot)
  }

  /** Doubling means a new buffer on the card: `generation` tells the layer. */
  function grow(): void {
    const wider = new Float32Array(vertices.length * 2)
    wider.set(vertices)
    vertices = wider
    const longer = new Uint8Array(looks.length * 2)
    longer.set(looks)
    looks = longer
    generation++
  }

  function addSlot(activationId: string): number {
    const slot = slots.size
    if (slot >= looks.length) grow()
    slots.set(activationId, slot)
    looks[slot] = 0
    return slot
  }

  function setLook(slot: number, code: number): void {
    if (looks[slot] === code) return
    looks[slot] = code
    touch(slot)
  }

  function rememberWearer(position: TagPosition, slot: number): void {
    const known = slotOfWearer.get(position.wearerId)
    const newest = known === undefined ? undefined : positions[known]
    if (newest === undefined || newest.measuredAtMs <= position.measuredAtMs) slotOfWearer.set(position.wearerId, slot)
  }

  /** An older position than the one shown (a late batch) is for the track, not for the map. */
  function upsert(position: TagPosition): void {
    const slot = slots.get(position.activationId) ?? addSlot(position.activationId)
    const shown = positions[slot]
    if (shown !== undefined && shown.measuredAtMs > position.measuredAtMs) return
    positions[slot] = position
    vertices[2 * slot] = mercatorX(position.lon) - tableOrigin.x
    vertices[2 * slot + 1] = mercatorY(position.lat) - tableOrigin.y
    touch(slot)
    rememberWearer(position, slot)
  }

  /** Gives every tag its shape and age; call it when incidents change and at least every few seconds. */
  function refreshLooks(statusOf: (wearerId: string) => TagStatus, nowMs: number): void {
    for (const [slot, position] of positions.entries()) {
      setLook(slot, encodeLook(statusOf(position.wearerId), ageClass(position.measuredAtMs, nowMs)))
    }
  }

  function countStatuses(): StatusCounts {
    const counts = { compliant: 0, warning: 0, breach: 0, notReporting: 0 }
    for (let slot = 0; slot < slots.size; slot++) {
      const { status, age } = decodeLook(looks[slot] ?? 0)
      counts[age === 'live' ? status : 'notReporting']++
    }
    return counts
  }

  function clear(): void {
    slots.clear()
    slotOfWearer.clear()
    positions.length = 0
    dirtyFrom = Number.POSITIVE_INFINITY
    dirtyTo = -1
  }

  /** The slots changed since the last call, or undefined when there are none. */
  function takeDirty(): { readonly from: number; readonly to: number } | undefined {
    if (dirtyTo < dirtyFrom) return undefined
    const range = { from: dirtyFrom, to: dirtyTo }
    dirtyFrom = Number.POSITIVE_INFINITY
    dirtyTo = -1
    return range
  }

  return {
    upsert,
    refreshLooks,
    countStatuses,
    clear,
    takeDirty,
    hasDirty: () => dirtyTo >= dirtyFrom,
    ofWearer: (wearerId: string) => positions[slotOfWearer.get(wearerId) ?? -1],
    lookAt: (slot: number) => decodeLook(looks[slot] ?? 0),
    all: (): readonly TagPosition[] => positions,
    size: () => slots.size,
    vertices: () => vertices,
    looks: () => looks,
    generation: () => generation,
  }
}
