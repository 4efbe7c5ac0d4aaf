/** For `mqtts`: whom to trust, and what to show. PEM texts. */
export interface TlsOptions {
  /** Of the authority to trust; undefined: the system's. */
  readonly ca?: string | undefined
  /** Our own certificate and its key, for a broker that asks for one. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

/** As the client library takes them: what is undefined must not be there. */
export const tlsSettings = ({ ca, cert, key }: TlsOptions): { ca?: string; cert?: string; key?: string } => ({
  ...(ca !== undefined && { ca }),
  ...(cert !== undefined && { cert }),
  ...(key !== undefined && { key }),
})
