import type { Fix } from '@cordon/contract'

/** Where the wearer was last seen at that time; nothing when not before. `fixes` in the order of measurement. */
export function findPlace(fixes: readonly Fix[], at: number): { readonly lon?: number; readonly lat?: number } {
  let low = 0
  let high = fixes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((fixes[middle]?.measuredAt ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1
    else high = middle
  }
  const fix = fixes[low - 1]
  return fix === undefined ? {} : { lon: fix.lon, lat: fix.lat }
}
