import type { ZonePreview } from '@cordon/contract'
import { withTimeout } from '@cordon/runtime'
import { Refusal } from '../http/refuse.ts'
import type { PreviewDraft, PreviewWearer, WearerPreview } from './preview-parts.ts'
import { type Judge, startJudge } from './start-judge.ts'
import { summarisePreview } from './summarise-preview.ts'

export interface Previewer {
  /**
   * What the draft would have done to these wearers. One preview at a time; a few more wait for it, and whoever comes then is
   * refused with `too-many-requests`. Rejects with `timed-out` after `PREVIEW_MS`.
   */
  preview(draft: PreviewDraft, wearers: readonly ReadWearer[]): Promise<ZonePreview>
  /** Ends the one under way: it rejects. */
  stop(): Promise<void>
}

/** Reads one wearer's stored tracks: called when it is their turn, so that memory holds a few wearers and not fifty. */
export type ReadWearer = () => Promise<PreviewWearer>

/** 50 wearers over 14 days at a fix a minute take 2 to 3 s, over 31 days at a fix each 15 s 18 times as many fixes. */
const PREVIEW_MS = 60_000
const MOST_WAITING = 2
const RETRY_AFTER_S = 5
/** To load the engine takes 0.3 s: somebody who draws a zone asks again and again. Then the memory is given back. */
const IDLE_MS = 60_000
/** Read while one is judged: the database and the judge are busy at the same time. */
const READ_AHEAD = 2

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
  const run = async (draft: PreviewDraft, wearers: readonly ReadWearer[]): Promise<ZonePreview> => {
    if (isStopped) throw new Error('the gateway is being stopped')
    clearTimeout(idle)
    const mine = judge?.isRunning() === true ? judge : startJudge()
    judge = mine
    try {
      mine.take(draft)
      const previews = await withTimeout('the preview of a zone', PREVIEW_MS, signal => judgeAll(mine, wearers, signal))
      idle = setTimeout(() => void mine.stop(), IDLE_MS).unref()
      return summarisePreview(draft, previews)
    } catch (error) {
      // It may be busy with what nobody waits for any more.
      await mine.stop()
      throw error
    }
  }

  return {
    preview: async (draft, wearers) => {
      if (underWay > MOST_WAITING) {
        const detail = `${underWay} previews are being made already`
        throw new Refusal('too-many-requests', detail, { retryAfterS: RETRY_AFTER_S })
      }
      underWay += 1
      const turn = last.then(() => run(draft, wearers))
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

/** In the order of the wearers. */
async function judgeAll(
  judge: Judge,
  wearers: readonly ReadWearer[],
  signal: AbortSignal,
): Promise<readonly WearerPreview[]> {
  const previews: Promise<WearerPreview>[] = []
  for (const [index, read] of wearers.entries()) {
    signal.throwIfAborted()
    const wearer = await read()
    const preview = judge.judge(wearer)
    preview.catch(() => undefined) // waited for below, or not at all when another was refused first
    previews.push(preview)
    await previews[index - READ_AHEAD]
  }
  return Promise.all(previews)
}
