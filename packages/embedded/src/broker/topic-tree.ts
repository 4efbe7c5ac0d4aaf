/** One level of topic filters. `+` and `#` are children like any other; the matching gives them their meaning. */
interface Level<T> {
  readonly children: Map<string, Level<T>>
  readonly values: Set<T>
}

export interface TopicTree<T> {
  add(filter: string, value: T): void
  remove(filter: string, value: T): void
  /** Every value with a filter that matches the topic, once. */
  match(topic: string): Set<T>
}

/** Which values a topic concerns, by MQTT topic filters, in time of the topic's levels and not of the number of filters. */
export function createTopicTree<T>(): TopicTree<T> {
  const root = createLevel<T>()
  return {
    add(filter, value) {
      let level = root
      for (const word of filter.split('/')) level = childOf(level, word)
      level.values.add(value)
    },
    remove(filter, value) {
      prune(root, filter.split('/'), value)
    },
    match(topic) {
      const found = new Set<T>()
      const words = topic.split('/')
      // [MQTT-4.7.2-1]: a wildcard in front does not match topics that begin with $.
      if (topic.startsWith('$')) {
        const first = root.children.get(words[0] ?? '')
        if (first !== undefined) collect(first, words.slice(1), found)
      } else {
        collect(root, words, found)
      }
      return found
    },
  }
}

function createLevel<T>(): Level<T> {
  return { children: new Map(), values: new Set() }
}

function childOf<T>(level: Level<T>, word: string): Level<T> {
  const known = level.children.get(word)
  if (known !== undefined) return known
  const child = createLevel<T>()
  level.children.set(word, child)
  return child
}

function collect<T>(level: Level<T>, words: readonly string[], found: Set<T>): void {
  const rest = level.children.get('#')
  // [MQTT-4.7.1-2]: "a/#" matches "a" itself too.
  if (rest !== undefined) for (const value of rest.values) found.add(value)
  const [word, ...others] = words
  if (word === undefined) {
    for (const value of level.values) found.add(value)
    return
  }
  for (const name of [word, '+']) {
    const child = level.children.get(name)
    if (child !== undefined) collect(child, others, found)
  }
}

/** Takes the value away and says whether the level is empty then, so that filters that are gone leave nothing behind. */
function prune<T>(level: Level<T>, words: readonly string[], value: T): boolean {
  const [word, ...others] = words
  if (word === undefined) {
    level.values.delete(value)
  } else {
    const child = level.children.get(word)
    if (child !== undefined && prune(child, others, value)) level.children.delete(word)
  }
  return level.values.size === 0 && level.children.size === 0
}
