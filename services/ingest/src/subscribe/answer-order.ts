/**
 * Packet ids of one connection, in the order in which their messages came: acknowledgements have to go out in it (MQTT 5, 4.6), and
 * messages are not always kept in it.
 */
export function createAnswerOrder() {
  let waiting: number[] = []
  const kept = new Set<number>()
  return {
    received: (id: number) => void waiting.push(id),
    kept: (id: number) => void kept.add(id),
    /** Those to be acknowledged now: all that are kept up to the first that is not. */
    due: (): readonly number[] => {
      const first = waiting.findIndex(id => !kept.has(id))
      const due = first === -1 ? waiting : waiting.slice(0, first)
      waiting = first === -1 ? [] : waiting.slice(first)
      for (const id of due) kept.delete(id)
      return due
    },
    clear: () => {
      waiting = []
      kept.clear()
    },
  }
}
