import { sleep } from '@cordon/runtime'
import type { ConnectedTag } from '../generator/connect-tags.ts'
import type { Stack } from '../stack/start-stack.ts'
import type { BacklogTag } from './backlog-tag.ts'

export interface Sent {
  /** Epoch ms: the first message, the last acknowledgement of the broker, the last commit, and when nothing waits to be judged again. */
  readonly startedAt: number
  readonly acknowledgedAt: number
  readonly storedAt: number
  readonly judgedAt: number
  /** Activations that waited at once, as far as was seen. */
  readonly mostWaiting: number
}

const LOOK_MS = 100
const LONGEST_MS = 300_000

/** What each tag sends before it is cut off, and when it is back. Fulfilled when ingest has it. */
export async function sendAround(stack: Stack, pairs: readonly (readonly [ConnectedTag, BacklogTag])[]): Promise<void> {
  const before = await readFigures(stack)
  for (const [{ connection }, { around }] of pairs) await publishAll([[connection, around]])
  const expected = pairs.reduce((sum, [, { around }]) => sum + around.length, before.kept)
  await until(async () => (await readFigures(stack)).kept >= expected)
}

/** Everybody's stored fixes at once. Fulfilled when all are judged. */
export async function sendStored(
  stack: Stack,
  pairs: readonly (readonly [ConnectedTag, BacklogTag])[],
  isStored: () => Promise<boolean>,
): Promise<Sent> {
  const startedAt = Date.now()
  let acknowledgedAt = Number.NaN
  const acknowledged = publishAll(pairs.map(([{ connection }, { stored }]) => [connection, stored] as const)).then(
    () => {
      acknowledgedAt = Date.now()
    },
  )
  let mostWaiting = 0
  let storedAt = Number.NaN
  await until(async () => {
    const { waiting } = await readFigures(stack)
    mostWaiting = Math.max(mostWaiting, waiting)
    if (Number.isNaN(storedAt) && !Number.isNaN(acknowledgedAt) && (await isStored())) storedAt = Date.now()
    return !Number.isNaN(storedAt) && waiting === 0
  })
  await acknowledged
  return { startedAt, acknowledgedAt, storedAt, judgedAt: Date.now(), mostWaiting }
}

type Messages = readonly [ConnectedTag['connection'], readonly string[]]

function publishAll(all: readonly Messages[]): Promise<unknown> {
  return Promise.all(
    all.flatMap(([connection, messages]) =>
      messages.map(payload => new Promise<void>(resolve => connection.publish(payload, resolve))),
    ),
  )
}

async function readFigures({ services }: Stack): Promise<{ readonly kept: number; readonly waiting: number }> {
  const text = await services.metrics('ingest')
  return { kept: readMetric(text, 'cordon_fixes_new_total'), waiting: readMetric(text, 'cordon_late_stretches') }
}

function readMetric(text: string, name: string): number {
  const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)
  if (found === null) throw new Error(`ingest does not tell ${name}`)
  return Number(found[1])
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + LONGEST_MS; !(await isSo()); await sleep(LOOK_MS)) {
    if (Date.now() > deadline) throw new Error(`it was not done after ${LONGEST_MS / 1_000} s`)
  }
}
