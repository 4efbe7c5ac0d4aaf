import type { CapacityOf } from './read-capacity.ts'

export interface CapacityAlarm {
  readonly level: 'warn' | 'error'
  readonly what: string
  readonly daysLeft: number | null
  /** 0 to 1. */
  readonly share: number
}

const WARN = { days: 30, share: 0.8 }
const ERROR = { days: 7, share: 0.95 }

/** What is full within 30 days, or to four fifths; as an error within 7, or to nineteen twentieths. */
export function capacityAlarms(capacity: readonly CapacityOf[]): readonly CapacityAlarm[] {
  return capacity.flatMap(({ what, used, capacity: limit, daysLeft }) => {
    if (limit === null || limit <= 0) return []
    const share = used / limit
    const reaches = ({ days, share: most }: typeof WARN) => share >= most || (daysLeft !== null && daysLeft < days)
    if (!reaches(WARN)) return []
    return [{ level: reaches(ERROR) ? 'error' : 'warn', what, daysLeft, share } as const]
  })
}
