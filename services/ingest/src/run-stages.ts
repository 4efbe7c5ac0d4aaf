import type { Attributes, Span, Tracer } from '@cordon/runtime'
import type { Written } from '@cordon/store'
import type { Decoded } from './decode.ts'
import type { Evaluated } from './evaluate.ts'
import type { Meter } from './meter.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

/** What each stage of a batch gives. */
interface Stages {
  readonly decode: Decoded
  readonly evaluate: Evaluated
  readonly persist: Written
  // biome-ignore lint/suspicious/noConfusingVoidType: it gives nothing
  readonly publish: void
  readonly rewind: Written | null
}
type StageName = keyof Stages

export type RunStage = <Name extends StageName>(
  name: Name,
  work: () => Stages[Name] | Promise<Stages[Name]>,
) => Promise<Stages[Name]>

interface StageParts {
  readonly tracer: Tracer
  readonly meter: Pick<Meter, 'stage'>
}

/** Runs a batch of so many messages whose work runs its stages one by one: each is timed and, while traces are on, a span. */
export function createStages({ tracer, meter }: StageParts) {
  const timed = async <T>(name: StageName, work: () => T | Promise<T>): Promise<T> => {
    const begunAt = performance.now()
    try {
      return await work()
    } finally {
      meter.stage(name, (performance.now() - begunAt) / 1_000)
    }
  }
  const traced: RunStage = (name, work) =>
    tracer.span(name, async span => {
      const result = await timed(name, work)
      tell(span, name, result)
      return result
    })
  const runStage: RunStage = tracer.isOn ? traced : timed
  return (messages: readonly ReceivedMessage[], work: (stage: RunStage) => Promise<void>): Promise<void> =>
    tracer.span('batch', () => work(runStage), { messages: messages.length })
}

/** Counts, and the place in the incident log by which a gateway's push of the same incidents is found. */
const ATTRIBUTES: { readonly [Name in StageName]: (result: Stages[Name]) => Attributes } = {
  decode: ({ fixes, events, rejected }) => ({ fixes: fixes.length, events: events.length, rejected: rejected.length }),
  evaluate: ({ fixes, aside, judgements, states }) => ({
    ...{ fixes: fixes.length, aside: aside.length, judgements: judgements.length, states: states.size },
  }),
  persist: written => ofWritten(written),
  publish: () => ({}),
  rewind: written => (written === null ? {} : ofWritten(written)),
}

const ofWritten = ({ newFixes, incidents, incidentCursor }: Written): Attributes => ({
  ...{ newFixes, incidents: incidents.length },
  ...(incidentCursor === null ? {} : { cursor: incidentCursor }),
})

const tell = <Name extends StageName>(span: Span, name: Name, result: Stages[Name]): void =>
  span.note(ATTRIBUTES[name](result))
