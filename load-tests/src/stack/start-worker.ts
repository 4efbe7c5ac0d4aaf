import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { withTimeout } from '@cordon/runtime'

/** A child process of this program that answers messages. */
export interface Worker<In, Out extends { readonly type: string }> {
  readonly pid: number
  /** Sends, and waits for the next answer of that type. Rejects when the process ends first, or after `ms`. */
  ask<T extends Out['type']>(message: In, type: T, ms: number): Promise<Extract<Out, { readonly type: T }>>
  /** Sends what is not answered. */
  tell(message: In): void
  /** kill -9. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export type WorkerName = 'generator' | 'flood' | 'reader' | 'broker'

const STOP_MS = 5_000

/** Starts `<name>-main` of this folder, built as this program is. */
export function startWorker<In extends object, Out extends { readonly type: string }>(
  name: WorkerName,
): Worker<In, Out> {
  const child = fork(fileURLToPath(new URL(`../${name}-main.js`, import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const receive = (type: Out['type']): Promise<Out> =>
    new Promise((resolve, reject) => {
      const onExit = () => reject(new Error(`a ${name} process ended before it had answered`))
      const onMessage = (message: unknown) => {
        const answer = message as Out
        if (answer.type !== type) return
        child.off('message', onMessage)
        child.off('exit', onExit)
        resolve(answer)
      }
      child.on('message', onMessage)
      child.once('exit', onExit)
    })
  return {
    pid: child.pid ?? -1,
    ask: (message, type, ms) =>
      withTimeout(`the ${name}’s answer`, ms, () => {
        const answer = receive(type)
        // after the time is up nobody waits for it any more
        answer.catch(() => undefined)
        child.send(message)
        return answer as never
      }),
    tell: message => void child.send(message),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      if (child.connected) child.disconnect()
      const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(forced)
    },
  }
}
