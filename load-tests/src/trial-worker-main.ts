import { parentPort } from 'node:worker_threads'
import { runTask, type Task } from './trial/run/run-task.ts'

/** A thread of the trial: takes tasks one at a time until it is ended. */
parentPort?.on('message', ({ index, task }: { index: number; task: Task }) => {
  parentPort?.postMessage({ index, result: runTask(task) })
})
