import { Worker } from 'node:worker_threads'
import type { Task, TaskResult } from './run-task.ts'

const PROGRAM = new URL('../../trial-worker-main.js', import.meta.url)

interface Answer {
  readonly index: number
  readonly result: TaskResult
}

/** Runs the tasks on so many threads; the results are in the order of the tasks, whoever ran them. */
export async function runTasks(
  tasks: readonly Task[],
  threads: number,
  say: (done: number) => void,
): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  const queue = tasks.entries()
  let done = 0
  await Promise.all(Array.from({ length: threads }, workThrough))
  return results

  async function workThrough(): Promise<void> {
    const worker = new Worker(PROGRAM)
    try {
      await askAll(worker)
    } finally {
      await worker.terminate()
    }
  }

  function askAll(worker: Worker): Promise<void> {
    return new Promise((resolve, reject) => {
      const ask = () => {
        const { value } = queue.next()
        if (value === undefined) resolve()
        else worker.postMessage({ index: value[0], task: value[1] })
      }
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('a thread of the trial ended before its tasks did')))
      worker.on('message', ({ index, result }: Answer) => {
        results[index] = result
        say(++done)
        ask()
      })
      ask()
    })
  }
}
