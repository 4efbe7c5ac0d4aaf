export interface Serialised {
  /** Runs the work; calls that come before a run has begun share it. */
  readonly run: () => Promise<void>
  /** Fulfilled when what has been asked for so far has ended. Never rejects. */
  readonly idle: () => Promise<void>
}

/** Runs one at a time, and as often as needed so that each call is followed by a whole run. */
export function serialise(work: () => Promise<void>): Serialised {
  let last: Promise<void> = Promise.resolve()
  let notBegun: Promise<void> | undefined
  const begin = () => {
    notBegun = undefined
    return work()
  }
  return {
    run: () => {
      if (notBegun === undefined) {
        notBegun = last.then(begin, begin)
        last = notBegun
      }
      return notBegun
    },
    idle: () => last.catch(() => undefined),
  }
}
