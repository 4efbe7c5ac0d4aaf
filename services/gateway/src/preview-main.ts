import { parentPort } from 'node:worker_threads'
import { type CompiledDraft, compileDraft, judgeTrail } from './preview/judge-trail.ts'
import type { PreviewAnswer, PreviewRequest } from './preview/preview-parts.ts'

/** The thread that judges previews: a million fixes take seconds, in which the thread of the sockets would hear nobody. */

let draft: CompiledDraft | undefined

function answer(request: Extract<PreviewRequest, { readonly type: 'trail' }>): PreviewAnswer {
  const { number, trail } = request
  try {
    if (draft === undefined) throw new Error('a trail came before the draft')
    return { number, preview: judgeTrail(draft, trail) }
  } catch (error) {
    return { number, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (request: PreviewRequest) => {
  if (request.type === 'draft') draft = compileDraft(request.draft)
  else parentPort?.postMessage(answer(request))
})
