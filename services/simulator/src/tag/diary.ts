import type { Life } from '../life/create-life.ts'
import type { Wearer } from '../people/wearer.ts'
import type { Truth, TruthFile } from '../truth/create-truth-file.ts'
import { createAbsenceLog } from './absence-log.ts'
import type { LifeClock } from './life-clock.ts'
import { createSilenceLog, type SilenceLog } from './silence-log.ts'
import { createVisitLog } from './visit-log.ts'

/** What is true of a wearer and a tag over time, whatever was measured of it. */
export interface Diary {
  /** At a time of the machine's clock, with what the tag did. */
  pass(at: number, did: Parameters<SilenceLog['pass']>[1]): void
  stop(): void
}

export interface DiaryOptions {
  readonly wearer: Wearer
  readonly life: Life
  readonly clock: LifeClock
  readonly startedAt: number
  readonly truth: TruthFile
}

export function createDiary({ wearer, life, clock, startedAt, truth }: DiaryOptions): Diary {
  const { tagId, avoid } = wearer
  const add = (line: Truth) => truth.add(line)
  const stamp = (at: number) => clock.stamp(at)
  const visits = createVisitLog({ tagId, place: avoid.name, startedAt, stamp, add })
  const absences = createAbsenceLog({ wearer, life, clock, add })
  const silences = createSilenceLog(tagId, add)
  return {
    pass: (at, did) => {
      const lifeTime = clock.lifeTime(at)
      visits.pass(life.errandAt(lifeTime), lifeTime)
      absences.pass(at)
      silences.pass(at, did)
    },
    stop: () => {
      visits.stop()
      absences.stop()
      silences.stop()
    },
  }
}
