import { isCordonError } from '@cordon/runtime'

/** The database cannot be asked just now: it is no fault of the question, and the same one can be answered later. */
export const isAway = (error: unknown): boolean =>
  isCordonError(error) && (error.code === 'database-unavailable' || error.code === 'timed-out')
