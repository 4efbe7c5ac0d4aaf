import { CordonError } from '../errors/cordon-error.ts'

/** One variable that cannot be used. `found` is already redacted. */
export interface ConfigFault {
  readonly variable: string
  readonly allowed: string
  readonly found: string
}

/** All faults of the environment at once, so that one start shows everything that has to be corrected. */
export class ConfigError extends CordonError {
  override readonly name = 'ConfigError'
  readonly faults: readonly ConfigFault[]

  constructor(faults: readonly ConfigFault[]) {
    super('invalid-config', renderFaults(faults))
    this.faults = faults
  }
}

function renderFaults(faults: readonly ConfigFault[]): string {
  const lines = faults.map(({ variable, allowed, found }) => `  ${variable}: expected ${allowed}; found ${found}`)
  const head = faults.length === 1 ? '1 setting cannot be used:' : `${faults.length} settings cannot be used:`
  return [head, ...lines].join('\n')
}
