import { appendFile } from 'node:fs/promises'
import { type Clock, type Logger, toError } from '@cordon/runtime'
import { type ChainHead, readHeads, type Store } from '@cordon/store'

export interface AnchorParts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  readonly everyMs: number
  /** To add to; undefined: they are only in the log. */
  readonly file: string | undefined
}

/** Writes where the chains end to where the database cannot reach: whoever rewrites a chain cannot rewrite that. */
export function startAnchors(parts: AnchorParts): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => anchor(parts))
  }, parts.everyMs)
  return async () => {
    clearInterval(timer)
    await running
    // also what came since the last one: the next may be long in coming
    await anchor(parts)
  }
}

/** Never rejects: what could not be anchored now is held by the next anchor. */
async function anchor({ store, clock, logger, file }: Omit<AnchorParts, 'everyMs'>): Promise<void> {
  try {
    const heads = await readHeads(store)
    for (const head of heads) logger.info({ ...head }, 'chain anchor')
    if (file !== undefined && heads.length > 0) await appendFile(file, toLines(heads, clock.now()))
  } catch (error) {
    logger.error({ err: toError(error) }, 'the ends of the chains were not written down: the next time is soon')
  }
}

const toLines = (heads: readonly ChainHead[], now: number): string =>
  heads.map(head => `${JSON.stringify({ at: new Date(now).toISOString(), ...head })}\n`).join('')
