import type { Judgement } from '@cordon/contract'
import type { WatchContext } from '../context/watch-context.ts'
import { judge, judgeAll } from '../judge.ts'
import { type Checkpoint, isCheckpointDue, recordedSince, rejudge } from '../rejudge.ts'
import { emptyState, type WatchState } from '../state.ts'
import { keyOf, type Observation } from '../timeline/observation.ts'
import { idOf, type Said } from '../told/told.ts'

/**
 * The engine with a memory like that of the service: observations, incidents, near misses and checkpoints are kept, and what came
 * late is judged again, as ingest does it with the database.
 */
export class Recorder {
  state: WatchState = emptyState()
  context: WatchContext
  readonly observations = new Map<string, Observation>()
  readonly said = new Map<string, Said>()
  readonly all: Judgement[] = []
  nearMisses = new Map<string, Judgement>()
  checkpoints: Checkpoint[] = []

  constructor(context: WatchContext) {
    this.context = context
  }

  take(batch: readonly Observation[]): void {
    const before = this.state.timeline
    const { state, judgements } = judgeAll(this.state, batch, this.context)
    for (const observation of batch) {
      const key = keyOf(observation).join('/')
      if (!this.observations.has(key)) this.observations.set(key, observation)
    }
    if (isCheckpointDue(before.at, state.timeline.at)) this.checkpoints.push({ at: before.at, timeline: before })
    this.keep(state, judgements)
    if (this.state.rewindFrom !== null) this.rewind(this.state.rewindFrom)
  }

  /** Epoch ms. */
  tick(at: number): void {
    const { state, judgements } = judge(this.state, { type: 'tick', at, listening: true }, this.context)
    this.keep(state, judgements)
  }

  /** Judges everything from the last checkpoint before that time again; gives what was otherwise. */
  rewind(time: number): readonly Judgement[] {
    const checkpoint = this.checkpoints.filter(({ at }) => at < time).at(-1) ?? null
    const since = checkpoint?.at ?? Number.NEGATIVE_INFINITY
    const result = rejudge({
      from: checkpoint?.timeline ?? null,
      observations: [...this.observations.values()].filter(observation => keyOf(observation)[0] >= since),
      recorded: [...this.said.values()].filter(said =>
        isOf(said, checkpoint ? recordedSince(checkpoint.timeline, this.context) : since),
      ),
      state: this.state,
      context: this.context,
    })
    this.checkpoints = [...this.checkpoints.filter(({ at }) => at < result.replacedFrom), ...result.checkpoints]
    for (const { conditionId, from } of result.replacedNear) this.nearMisses.delete(`${conditionId}/${from}`)
    for (const [key, nearMiss] of this.nearMisses) {
      if (nearMiss.type === 'near-miss' && nearMiss.from >= result.replacedFrom) this.nearMisses.delete(key)
    }
    this.keep(result.state, result.judgements)
    return result.judgements
  }

  private keep(state: WatchState, judgements: readonly Judgement[]): void {
    // as through the database
    this.state = JSON.parse(JSON.stringify(state)) as WatchState
    for (const judgement of judgements) {
      this.all.push(judgement)
      if (judgement.type === 'incident' || judgement.type === 'visit') this.said.set(idOf(judgement), judgement)
      if (judgement.type === 'near-miss') this.nearMisses.set(`${judgement.conditionId}/${judgement.from}`, judgement)
    }
  }

  /** What stands, without clocks of receipt, marks of lateness and ids, which tell of the arrival. */
  outcome(): readonly unknown[] {
    return [...this.said.values()]
      .filter(said => !isWithdrawn(said) && idOf(said).split(':')[1] !== 'silence')
      .map(essence)
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
}

const isOf = (said: Said, since: number): boolean => {
  const endedAt = said.type === 'visit' ? said.to : said.endedAt
  return idOf(said).split(':')[1] !== 'silence' && (endedAt === null || endedAt >= since)
}

const isWithdrawn = (said: Said): boolean =>
  said.type === 'visit' ? said.disproved : said.conclusion === 'disproved' || said.conclusion === 'joined'

function essence(said: Said): unknown {
  const { entries, beganAt } = said.reason
  if (said.type === 'visit')
    return { kind: 'visit', conditionId: said.conditionId, from: said.from, to: said.to, entries, beganAt }
  const { kind, severity, certainty, conditionId, happenedAt, endedAt, conclusion } = said
  // of what is over, its whole extent; of what goes on, depth and time are told now and then
  const extent = endedAt === null ? {} : { ...said.reason, text: undefined, fixes: undefined }
  return { kind, severity, certainty, conditionId, happenedAt, endedAt, conclusion, entries, beganAt, ...extent }
}
