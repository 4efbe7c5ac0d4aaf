/** Activation ids to secrets as latin1. */
export type Secrets = ReadonlyMap<string, string>

/** The secrets of the activations that a process writes fixes of. Only what has been committed. */
export interface SecretCache {
  of(activationId: string): string | undefined
  keep(secrets: Secrets): void
  clear(): void
}

/** England's GPS tags eight times over, in some 15 MB. When full, all are read again as they are needed. */
const MOST_KEPT = 100_000

export function createSecretCache(mostKept = MOST_KEPT): SecretCache {
  const known = new Map<string, string>()
  return {
    of: activationId => known.get(activationId),
    keep: secrets => {
      if (known.size + secrets.size > mostKept) known.clear()
      for (const [activationId, secret] of secrets) known.set(activationId, secret)
    },
    clear: () => known.clear(),
  }
}
