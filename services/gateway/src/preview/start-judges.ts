import { availableParallelism } from 'node:os'
import { type Judge, startJudge } from './start-judge.ts'

/** One processor is left to the sockets and the database; more than a few threads would wait for the database. */
const THREADS = Math.max(1, Math.min(4, availableParallelism() - 1))

/** Several threads as one, each with a trail in its turn. One that ends takes the others with it. */
export function startJudges(count = THREADS): Judge {
  const judges = [startJudge(), ...Array.from({ length: count - 1 }, startJudge)] as const
  let turn = 0
  const next = (): Judge => judges[turn++ % judges.length] ?? judges[0]
  return {
    isRunning: () => judges.every(judge => judge.isRunning()),
    take: draft => {
      for (const judge of judges) judge.take(draft)
    },
    judge: trail => next().judge(trail),
    stop: async () => {
      await Promise.all(judges.map(judge => judge.stop()))
    },
  }
}
