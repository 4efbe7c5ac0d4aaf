/** The place of a link: whose chain, which number. */
export interface LinkPlace {
  readonly chain: string
  readonly kind: 'fixes' | 'records'
  readonly position: number
}

/**
 * What does not stand as it was recorded.
 *
 * `altered`, `missing`, `inserted`: a row. `link-altered`, `link-missing`: the chain itself. `off-chain`: an anchor that was written
 * outside the database is not on the chain. `over-removed`: more rows are missing than the removal that covers them says.
 */
export type FindingKind =
  | 'altered'
  | 'missing'
  | 'inserted'
  | 'link-altered'
  | 'link-missing'
  | 'off-chain'
  | 'over-removed'

export interface Finding {
  readonly kind: FindingKind
  readonly table: string
  /** Which row; null where a link or an anchor is at fault. */
  readonly row: string | null
  /** The batch that holds it, or should; null where none does. */
  readonly batch: LinkPlace | null
  /** When the batch was recorded, by the database's clock: after the first and at the second, epoch ms. */
  readonly between: readonly [number | null, number | null]
  readonly detail: string
}
