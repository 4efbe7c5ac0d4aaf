import type { Scene } from './fault.ts'

const ANSWER_MS = 10_000

/** The blow falls only now: what came before in this fault was getting ready for it, and how soon it is said counts from here. */
export async function fallsNow({ reader }: Scene): Promise<void> {
  await reader.ask({ type: 'begin' }, 'begun', ANSWER_MS)
}
