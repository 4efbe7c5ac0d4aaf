import { Worker } from 'node:worker_threads'
import type { Task, TaskResult } from './run-task.ts'

const PROGRAM = new URL('../../trial-worker-main.js', import.meta.url)

/** Runs the tasks on so many threads; the results are in the order of the tasks, whoever ran them. */
export async function runTasks(
  tasks: readonly Task[],
  threads: number,
  say: (done: number) => void,
): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  let next = 0
  let done = 0
  await Promise.all(Array.from({ length: threads }, workThrough))
  return results

  function workThrough(): Promise<void> {
    const worker = new Worker(PROGRAM)
    return new Promise<void>((resolve, reject) => {
      const send = () => {
        const index = next++
        const task = tasks[index]
        if (task === undefined) resolve()
        else worker.postMessage({ index, task })
      }
      worker.on('error', reject)
      worker.on('message', ({ index, result }: { index: number; result: TaskResult }) => {
        results[index] = result
        say(++done)
        send()
      })
      send()
    }).finally(() => worker.terminate())
  }
}
