import { sleep } from '@cordon/runtime'
import { createTag } from '../generator/create-tag.ts'
import type { PlannedTag, PublishedTag } from '../generator/messages.ts'
import { type Address, createRoamingTag } from './roaming-tag.ts'

export interface TagsOptions {
  readonly tags: readonly PlannedTag[]
  readonly servers: readonly Address[]
  /** Messages a second, all tags together. */
  readonly rate: number
}

export interface RunningTags {
  /** Stops publishing, and waits until everything is acknowledged. */
  finish(): Promise<readonly PublishedTag[]>
  losses(): number
  end(): void
}

const EVERY_MS = 10
const DRAIN_MS = 60_000

/** All tags in this process, each with its own connection, publishing in turn until they are told to finish. */
export function runTags({ tags, servers, rate }: TagsOptions): RunningTags {
  const startAt = Date.now()
  const speakers = tags.map((planned, index) => ({
    id: planned.id,
    tag: createTag(planned, 1, startAt),
    roaming: createRoamingTag(planned, servers, index),
  }))
  let said = 0
  let turn = 0
  const timer = setInterval(() => {
    const now = Date.now()
    for (let due = Math.floor(((now - startAt) * rate) / 1_000) - said; due > 0; due--) {
      said++
      const speaker = speakers[turn++ % speakers.length]
      const message = speaker?.tag.next(now)
      if (message) speaker?.roaming.say(message.firstSeq, message.payload)
    }
  }, EVERY_MS)
  const open = () => speakers.reduce((sum, { roaming }) => sum + roaming.unacknowledged().length, 0)

  return {
    finish: async () => {
      clearInterval(timer)
      for (const deadline = Date.now() + DRAIN_MS; open() > 0 && Date.now() < deadline; ) await sleep(100)
      return speakers.map(({ id, tag, roaming }) => ({
        ...{ id, fixes: tag.fixes(), malformed: 0, enteredAt: tag.enteredAt() },
        unacknowledged: roaming.unacknowledged(),
      }))
    },
    losses: () => speakers.reduce((sum, { roaming }) => sum + roaming.losses(), 0),
    end: () => {
      clearInterval(timer)
      for (const { roaming } of speakers) roaming.end()
    },
  }
}
