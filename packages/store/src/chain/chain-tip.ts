/** Of fixes, which a batch seals by itself; of records: events and judgements, and what people do. */
export type ChainKind = 'fixes' | 'records'

/** A place in a chain. */
export interface ChainTip {
  readonly chainId: number
  /** Of the last link, or of the one to be. */
  readonly position: number
}
