import type { PageRequest } from '@cordon/store'

/** The page of a list that is asked for one id. */
export const ONE: PageRequest = { limit: 1 }
