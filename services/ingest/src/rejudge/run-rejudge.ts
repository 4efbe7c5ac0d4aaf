import type { Logger } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import { type Comparison, compareJudged } from './compare-judged.ts'
import type { RejudgeOptions } from './options.ts'
import { findWearer, type Judged, readJudged } from './read-judged.ts'
import { renderComparison } from './render-comparison.ts'

export interface RejudgeParts {
  readonly store: Store
  readonly logger: Logger
  /** Epoch ms. */
  readonly now: number
  /** Milliseconds that near misses are kept. */
  readonly nearMissesMs: number
  readonly print: (text: string) => void
}

interface Section {
  readonly judged: Judged
  readonly comparisons: readonly Comparison[]
}

/** Judges what is stored again and compares. Never writes. True: everything comes out as it is on record. */
export async function runRejudge(options: RejudgeOptions, parts: RejudgeParts): Promise<boolean> {
  const { store, logger, now, nearMissesMs, print } = parts
  const wearerId = await findWearer(store, options.wearer)
  const { from, to } = options
  const period = { from, to, nearMissesSince: now - nearMissesMs }
  const sections = (await readJudged(store, wearerId, { from, to, logger })).map(judged => ({
    judged,
    comparisons: compareJudged(judged, period),
  }))
  const all = sections.flatMap(({ comparisons }) => comparisons)
  const differing = all.filter(({ verdict }) => verdict !== 'same').length
  if (options.json) print(JSON.stringify(toJson(wearerId, sections), null, 2))
  else {
    for (const section of sections) print(renderSection(section))
    const count = `${all.length} judgement${all.length === 1 ? '' : 's'}`
    print(`${count}, ${differing === 0 ? 'all the same' : `${differing} otherwise`}`)
  }
  return differing === 0
}

function renderSection({ judged, comparisons }: Section): string {
  const { activation, from, observations, state } = judged
  const begins = from?.at == null ? 'the beginning' : `the checkpoint of ${new Date(from.at).toISOString()}`
  return [
    `activation ${activation.id}: ${observations.length} fixes and events from ${begins} on`,
    ...(state.rewindFrom === null ? [] : ['late fixes of it wait to be judged: differences may be theirs']),
    'silence is judged by what is received, not by fixes: it is left out',
    ...comparisons.map(renderComparison),
  ].join('\n')
}

const toJson = (wearerId: string, sections: readonly Section[]) => ({
  wearerId,
  leftOut: ['silence'],
  activations: sections.map(({ judged: { activation, from, observations, state }, comparisons }) => ({
    activationId: activation.id,
    checkpoint: from?.at ?? null,
    observations: observations.length,
    waitsToBeJudgedAgain: state.rewindFrom !== null,
    comparisons,
  })),
})
