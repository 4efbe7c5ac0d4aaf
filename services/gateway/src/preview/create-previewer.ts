import { withTimeout } from '@cordon/runtime'
import { Refusal } from '../http/refuse.ts'
import { keepJudges } from './keep-judges.ts'
import type { PreviewDraft, PreviewTrail, TrailPreview } from './preview-parts.ts'
import type { Judge } from './start-judge.ts'

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

/** How long 50 wearers over 14 days take says preview.bench.ts; asked for 31 days of a fix each 15 s it is 9 times as many fixes. */
const PREVIEW_MS = 60_000
const MOST_WAITING = 2
const RETRY_AFTER_S = 5

export function createPreviewer(): Previewer {
  const keeper = keepJudges()
  let last: Promise<unknown> = Promise.resolve()
  let underWay = 0
  let isStopped = false

  const run = async (draft: PreviewDraft, read: ReadTrails): Promise<readonly TrailPreview[]> => {
    if (isStopped) throw new Error('the gateway is being stopped')
    const judge = await keeper.running()
    try {
      judge.take(draft)
      return await withTimeout('the preview of a zone', PREVIEW_MS, signal => judgeAll(judge, read(), signal))
    } catch (error) {
      // They may be busy with what nobody waits for any more.
      await keeper.stop()
      throw error
    } finally {
      keeper.rest()
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
    stop: () => {
      isStopped = true
      return keeper.stop()
    },
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
