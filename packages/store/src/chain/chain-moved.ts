import { type CordonError, createError, isCordonError } from '@cordon/runtime'

const FIELD = 'chain_links'

/** A chain does not end where its writer thought: the transaction is undone and run again on what the chain is now. */
export function createChainMoved(): CordonError {
  const detail = 'the chain was not where its writer had left it: two processes of one name may be running'
  return createError('database-unavailable', detail, { field: FIELD })
}

export const isChainMoved = (error: unknown): boolean =>
  isCordonError(error, 'database-unavailable') && error.field === FIELD
