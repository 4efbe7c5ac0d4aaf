import { toError } from '@cordon/runtime'

/**
 * The main loop of a child process: answers each message of its parent. An error ends the process, and so does the end of the
 * parent: nothing is left running.
 */
export function answerParent<In, Out extends object>(answer: (message: In) => Promise<Out | null>): void {
  process.on('disconnect', () => process.exit())
  process.on('message', message => {
    answer(message as In).then(
      reply => {
        if (reply !== null) process.send?.(reply)
      },
      (error: unknown) => {
        process.stderr.write(`${toError(error).stack}\n`)
        process.exit(1)
      },
    )
  })
}
