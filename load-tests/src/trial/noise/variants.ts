/** Error models of a whole run. Correlated errors of each place's size are in all of them. */
export interface Variant {
  readonly name: VariantName
  readonly says: string
  /** Multipath jumps on top. */
  readonly hasJumps: boolean
  /** Satellites get lost, and wifi or the cell tower stands in. Where there are none at all, that holds in every variant. */
  readonly hasLosses: boolean
  /** The stated circle is the right one divided by this. */
  readonly optimism: number
}

export const VARIANT_NAMES = ['gauss-markov', 'multipath', 'optimistic'] as const
export type VariantName = (typeof VARIANT_NAMES)[number]

export const VARIANTS: Readonly<Record<VariantName, Variant>> = {
  'gauss-markov': {
    name: 'gauss-markov',
    says: 'Gauss-Markov errors, stated circle right to ±20 %',
    hasJumps: false,
    hasLosses: false,
    optimism: 1,
  },
  multipath: {
    name: 'multipath',
    says: 'the same with multipath jumps, lost satellites, wifi and cell fallback',
    hasJumps: true,
    hasLosses: true,
    optimism: 1,
  },
  optimistic: {
    name: 'optimistic',
    says: 'the same with stated circles half as wide as they should be',
    hasJumps: true,
    hasLosses: true,
    optimism: 2,
  },
}
