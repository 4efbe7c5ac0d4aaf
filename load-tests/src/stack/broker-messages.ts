import type { TagAccount } from '../generator/connect-tag.ts'

export interface ToBroker {
  readonly type: 'start'
  /** Where sessions are kept. */
  readonly dir: string
  /** 0: any that is free. */
  readonly port: number
  readonly tags: readonly TagAccount[]
  /** Of ingest and gateway. */
  readonly service: { readonly username: string; readonly password: string }
}

export interface FromBroker {
  readonly type: 'started'
  readonly port: number
}
