import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTopicTree } from './topic-tree.ts'

/** MQTT 3.1.1, 4.7, word by word: slow, and easy to see right. */
function matches(filter: readonly string[], topic: readonly string[], first = true): boolean {
  const [wanted, ...otherWanted] = filter
  const [word, ...otherWords] = topic
  if (first && word?.startsWith('$') && (wanted === '+' || wanted === '#')) return false
  if (wanted === '#') return true
  if (wanted === undefined || word === undefined) return wanted === undefined && word === undefined
  return (wanted === '+' || wanted === word) && matches(otherWanted, otherWords, false)
}

const words = fc.constantFrom('a', 'b', '', '$SYS')
const topics = fc.array(words, { minLength: 1, maxLength: 4 }).map(list => list.join('/'))
const filters = fc
  .tuple(fc.array(fc.oneof(words, fc.constant('+')), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([list, open]) => (open ? [...list, '#'] : list).join('/'))

describe('a topic tree', () => {
  it('finds exactly the filters that match, also after others are gone', () => {
    fc.assert(
      fc.property(fc.array(filters), fc.array(filters), topics, (kept, gone, topic) => {
        const tree = createTopicTree<string>()
        for (const filter of [...kept, ...gone]) tree.add(filter, filter)
        for (const filter of gone) tree.remove(filter, filter)
        const left = new Set(kept.filter(filter => !gone.includes(filter)))
        const expected = [...left].filter(filter => matches(filter.split('/'), topic.split('/')))
        expect([...tree.match(topic)].sort()).toEqual(expected.sort())
      }),
      { numRuns: 2_000 },
    )
  })

  it('lets the filter a/# match a itself', () => {
    const tree = createTopicTree<number>()
    tree.add('a/#', 1)
    expect([...tree.match('a')]).toEqual([1])
  })

  it('does not mind the removal of what was never there', () => {
    const tree = createTopicTree<number>()
    tree.remove('a/b', 1)
    tree.add('a', 2)
    tree.remove('a/b/c', 2)
    expect([...tree.match('a')]).toEqual([2])
  })
})
