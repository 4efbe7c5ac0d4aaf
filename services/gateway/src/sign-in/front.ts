/** How people reach this gateway. */
export interface Front {
  /** Undefined: under whatever address they typed. */
  readonly publicUrl: string | undefined
  /** Over TLS and nothing else, of this process or of a proxy before it. */
  readonly isTls: boolean
}

export const frontOf = (publicUrl: string | undefined, hasTls: boolean): Front => ({
  publicUrl,
  isTls: hasTls || publicUrl?.startsWith('https:') === true,
})

/**
 * Over TLS with the prefix that browsers hold to a Secure cookie of this very host (RFC 6265bis, 4.1.3.2): no neighbouring host and
 * no page without TLS can put one of theirs in its place.
 */
export const sessionCookieName = ({ isTls }: Front): string => (isTls ? '__Host-cordon_session' : 'cordon_session')
