import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FixColumns } from '@cordon/store'
import type { PreviewAnswer, PreviewDraft, PreviewRequest, PreviewTrail, TrailPreview } from './preview-parts.ts'

/** The other thread. */
export interface Judge {
  /** Whether it can still be asked. */
  isRunning(): boolean
  /** What the trails that follow are judged by. */
  take(draft: PreviewDraft): void
  judge(trail: PreviewTrail): Promise<TrailPreview>
  stop(): Promise<void>
}

/** From its source as from its build: the thread's program is of the kind that this one is. */
const KIND = extname(import.meta.url)
const PROGRAM = new URL(`../preview-main${KIND}`, import.meta.url)

/** Node 20 gives `--import` to a process only, not to its threads: from source a thread fetches what reads TypeScript itself. */
const FROM_SOURCE = `import('tsx/esm/api').then(tsx => { tsx.register(); return import(${JSON.stringify(PROGRAM.href)}) })`

const startThread = (): Worker =>
  KIND === '.ts'
    ? new Worker(FROM_SOURCE, { eval: true, execArgv: ['--conditions=@cordon/source'] })
    : new Worker(PROGRAM)

/** Handed over, not copied. */
const buffersOf = (columns: FixColumns): ArrayBuffer[] => Object.values(columns).map(({ buffer }) => buffer)

/** Nothing of it outlives `stop`. When the thread ends by itself, everything asked of it is refused with the reason. */
export function startJudge(): Judge {
  const worker = startThread()
  const waiting = new Map<
    number,
    {
      readonly resolve: (preview: TrailPreview) => void
      readonly reject: (error: Error) => void
    }
  >()
  let asked = 0
  let ended: Error | undefined
  const end = (error: Error) => {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  worker.on('message', (answer: PreviewAnswer) => {
    const asker = waiting.get(answer.number)
    waiting.delete(answer.number)
    if ('preview' in answer) asker?.resolve(answer.preview)
    else asker?.reject(new Error(`a preview was not judged: ${answer.error}`))
  })
  worker.on('error', end)
  worker.on('exit', code => end(new Error(`the thread that judges previews ended with ${code}`)))
  const post = (request: PreviewRequest, transfer: readonly ArrayBuffer[] = []) =>
    worker.postMessage(request, [...transfer])
  return {
    isRunning: () => ended === undefined,
    take: draft => post({ type: 'draft', draft }),
    judge: trail =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended)
          return
        }
        const number = asked++
        waiting.set(number, { resolve, reject })
        post({ type: 'trail', number, trail }, buffersOf(trail.fixes))
      }),
    stop: async () => {
      ended ??= new Error('the thread that judges previews was stopped')
      await worker.terminate()
    },
  }
}
