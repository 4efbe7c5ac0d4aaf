import { toError } from '../errors/cordon-error.ts'
import type { Logger } from '../log/create-logger.ts'
import type { SteadyClock } from './steady-clock.ts'

export interface TimeKeeping {
  readonly clock: SteadyClock
  /** Another machine's clock, epoch ms. */
  readonly readReference: () => Promise<number>
  readonly logger: Logger
}

const EVERY_MS = 10_000

/** Compares the clock with another machine's, now and every 10 s, and says when this machine's own is wrong. Gives its stop. */
export async function keepTime({ clock, readReference, logger }: TimeKeeping): Promise<() => void> {
  let isWrong = false
  const compare = async () => {
    const offMs = clock.compare(await readReference())
    if (offMs !== 0 && !isWrong) {
      logger.error(
        { offMs },
        'the clock of this machine is wrong: Cordon goes by the one of the database until it is put right',
      )
    } else if (offMs === 0 && isWrong) logger.warn('the clock of this machine is right again')
    isWrong = offMs !== 0
  }
  await compare()
  const timer = setInterval(() => {
    compare().catch((error: unknown) => logger.debug({ err: toError(error) }, 'no clock to compare with'))
  }, EVERY_MS)
  return () => clearInterval(timer)
}
