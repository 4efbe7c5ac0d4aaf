import { FIRST_STAGE, OTHER_STAGE, OWN_STAGES, stageOf } from './stages.ts'

/** A .cpuprofile as Node writes it (--cpu-prof): a tree of calls, and which node was found running at each sample. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[]
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

export interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  readonly children?: readonly number[]
}

export interface Sum {
  readonly name: string
  readonly ms: number
}

export interface ProfileSums {
  readonly stages: readonly Sum[]
  /** The functions that were running longest themselves. */
  readonly functions: readonly Sum[]
}

/**
 * Time by stage: what a library or Node does on a stage's behalf is that stage's. Largest first. It counts from the first
 * message on: starting up is not what is asked about.
 */
export function sumStages({ nodes, samples, timeDeltas }: CpuProfile): ProfileSums {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const parentOf = new Map(nodes.flatMap(({ id, children = [] }) => children.map(child => [child, id] as const)))
  const stages = new Map<number, string>()

  const stageOfNode = (id: number): string => {
    const known = stages.get(id)
    if (known !== undefined) return known
    const { functionName = '', url = '' } = byId.get(id)?.callFrame ?? {}
    const parent = parentOf.get(id)
    const stage = OWN_STAGES[functionName] ?? stageOf(url) ?? (parent === undefined ? OTHER_STAGE : stageOfNode(parent))
    stages.set(id, stage)
    return stage
  }

  const byStage = new Map<string, number>()
  const byFunction = new Map<string, number>()
  const first = Math.max(
    0,
    samples.findIndex(id => stageOfNode(id) === FIRST_STAGE),
  )
  for (const [index, id] of samples.entries()) {
    if (index < first) continue
    const ms = (timeDeltas[index] ?? 0) / 1_000
    add(byStage, stageOfNode(id), ms)
    const frame = byId.get(id)?.callFrame
    if (frame !== undefined) add(byFunction, nameOf(frame), ms)
  }
  return { stages: ranked(byStage), functions: ranked(byFunction) }
}

function add(sums: Map<string, number>, name: string, ms: number): void {
  sums.set(name, (sums.get(name) ?? 0) + ms)
}

const ranked = (sums: ReadonlyMap<string, number>): readonly Sum[] =>
  [...sums].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms)

const nameOf = ({ functionName, url, lineNumber }: ProfileNode['callFrame']): string =>
  url === '' ? functionName : `${functionName || '(anonymous)'} ${url.split('/').slice(-3).join('/')}:${lineNumber + 1}`
