import { toError } from '@cordon/runtime'

const LINGER_MS = 5_000

/**
 * Runs a program that starts others to its end: what fails is told, and makes it exit with 1. When something is left that would keep
 * it alive for ever, it says what, and ends all the same, with the exit code that the run came to.
 */
export async function runToEnd(main: () => Promise<void>): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  await main().catch((error: unknown) => {
    say(toError(error).stack ?? String(error))
    process.exitCode = 1
  })
  setTimeout(() => {
    say(`still alive after the end, for: ${process.getActiveResourcesInfo().join(', ')}`)
    process.exit()
  }, LINGER_MS).unref()
}
