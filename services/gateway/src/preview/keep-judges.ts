import type { Judge } from './start-judge.ts'
import { startJudges } from './start-judges.ts'

export interface JudgeKeeper {
  /** Those of the last time, or new ones. */
  running(): Promise<Judge>
  /** They are not needed just now. */
  rest(): void
  /** Ends them, busy or not. */
  stop(): Promise<void>
}

/** To load the engine takes 0.3 s: somebody who draws a zone asks again and again. Then the memory is given back. */
const IDLE_MS = 60_000

export function keepJudges(): JudgeKeeper {
  let judges: Judge | undefined
  let idle: NodeJS.Timeout | undefined
  const stop = async () => {
    clearTimeout(idle)
    await judges?.stop()
  }
  return {
    running: async () => {
      clearTimeout(idle)
      if (judges?.isRunning() === true) return judges
      await judges?.stop() // when one has ended, the others wait for nothing
      judges = startJudges()
      return judges
    },
    rest: () => {
      idle = setTimeout(() => void stop(), IDLE_MS).unref()
    },
    stop,
  }
}
