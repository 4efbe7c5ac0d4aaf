import { withTimeout } from '@cordon/runtime'
import { Refusal } from '../http/refuse.ts'
import type { PreviewDraft, PreviewTrail, TrailPreview } from './preview-parts.ts'
import { type Judge, startJudge } from './start-judge.ts'

export interface Previewer {
  /**
   * What the draft would have done on these trails, in no order. One preview at a time; a few more wait for it, and whoever comes
   * then is refused with `too-many-requests`. Rejects with `timed-out` after `PREVIEW_MS`. `read` is called when it is its turn.
   */
  preview(draft: PreviewDraft, read: ReadTrails): Promise<readonly TrailPreview[]>
  /** Ends the one under way: it rejects. */
  stop(): Promise<void>
}

export type ReadTrails = () => AsyncIterable<readonly PreviewTrail[]>

/** 50 wearers over 14 days at a fix a minute take 2 to 3 s, over 31 days at a fix each 15 s 18 times as many fixes. */
const PREVIEW_MS = 60_000
const MOST_WAITING = 2
const RETRY_AFTER_S = 5
/** To load the engine takes 0.3 s: somebody who draws a zone asks again and again. Then the memory is given back. */
const IDLE_MS = 60_000

export function createPreviewer(): Previewer {
  let last: Promise<unknown> = Promise.resolve()
  let underWay = 0
  let judge: Judge | undefined
  let idle: NodeJS.Timeout | undefined
  let isStopped = false

  const stop = async () => {
    isStopped = true
    clearTimeout(idle)
    await judge?.stop()
  }
  const run = async (draft: PreviewDraft, read: ReadTrails): Promise<readonly TrailPreview[]> => {
    if (isStopped) throw new Error('the gateway is being stopped')
    clearTimeout(idle)
    const mine = judge?.isRunning() === true ? judge : startJudge()
    judge = mine
    try {
      mine.take(draft)
      const previews = await withTimeout('the preview of a zone', PREVIEW_MS, signal => judgeAll(mine, read(), signal))
      idle = setTimeout(() => void mine.stop(), IDLE_MS).unref()
      return previews
    } catch (error) {
      // It may be busy with what nobody waits for any more.
      await mine.stop()
      throw error
    }
  }

  return {
    preview: async (draft, read) => {
      if (underWay > MOST_WAITING) {
        const detail = `${underWay} previews are being made already`
        throw new Refusal('too-many-requests', detail, { retryAfterS: RETRY_AFTER_S })
      }
      underWay += 1
      const turn = last.then(() => run(draft, read))
      last = turn.catch(() => undefined)
      try {
        return await turn
      } finally {
        underWay -= 1
      }
    },
    stop,
  }
}

/** In no order. As many are read as a share of the database's reading holds, while those of the share before are judged. */
async function judgeAll(
  judge: Judge,
  shares: AsyncIterable<readonly PreviewTrail[]>,
  signal: AbortSignal,
): Promise<readonly TrailPreview[]> {
  const previews: TrailPreview[] = []
  let before: Promise<readonly TrailPreview[]> = Promise.resolve([])
  for await (const trails of shares) {
    signal.throwIfAborted()
    previews.push(...(await before))
    before = Promise.all(trails.map(trail => judge.judge(trail)))
    before.catch(() => undefined) // waited for below
  }
  return [...previews, ...(await before)]
}
