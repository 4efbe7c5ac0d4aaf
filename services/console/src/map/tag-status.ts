import type { AgeClass } from './staleness.ts'

/** What a tag's shape says: no open incident, a warning, or a breach (serious or critical). */
export type TagStatus = 'compliant' | 'warning' | 'breach'

/** The numbers behind the words, as the shader reads them. */
export const statusCode: Readonly<Record<TagStatus, number>> = { compliant: 0, warning: 1, breach: 2 }
const ageCode: Readonly<Record<AgeClass, number>> = { live: 0, stale: 1, lost: 2 }

const statuses = ['compliant', 'warning', 'breach'] as const
const ages = ['live', 'stale', 'lost'] as const

/** Status and age in one byte of the layer's vertex data: age × 4 + status. */
export function encodeLook(status: TagStatus, age: AgeClass): number {
  return ageCode[age] * 4 + statusCode[status]
}

export function decodeLook(code: number): { readonly status: TagStatus; readonly age: AgeClass } {
  return { status: statuses[code & 3] ?? 'compliant', age: ages[code >> 2] ?? 'live' }
}
