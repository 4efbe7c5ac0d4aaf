import { describe, expect, it } from 'vitest'
import { contactOf } from './segment-contact.ts'

describe('contactOf', () => {
  it('finds where two segments cross', () => {
    expect(contactOf([0, 0], [2, 2], [0, 2], [2, 0])).toEqual({ kind: 'cross', at: [1, 1] })
  })

  it('finds an end on the other segment, whichever end of whichever segment', () => {
    const touch = { kind: 'touch', at: [1, 0] }
    expect(contactOf([0, 0], [2, 0], [1, 0], [1, 2])).toEqual(touch)
    expect(contactOf([0, 0], [2, 0], [1, 2], [1, 0])).toEqual(touch)
    expect(contactOf([1, 0], [1, 2], [0, 0], [2, 0])).toEqual(touch)
    expect(contactOf([1, 2], [1, 0], [0, 0], [2, 0])).toEqual(touch)
    expect(contactOf([0, 0], [1, 0], [1, 0], [2, 0])).toEqual(touch)
  })

  it('finds a stretch in common, and names its middle', () => {
    expect(contactOf([0, 0], [4, 0], [2, 0], [6, 0])).toEqual({ kind: 'overlap', at: [3, 0] })
    expect(contactOf([0, 0], [0, 4], [0, 4], [0, 0])).toEqual({ kind: 'overlap', at: [0, 2] })
  })

  it('finds nothing between segments that stay apart, on one line, in one box, or end to side', () => {
    expect(contactOf([0, 0], [1, 0], [2, 0], [3, 0])).toBeUndefined()
    expect(contactOf([0, 0], [0, 1], [0, 2], [0, 3])).toBeUndefined()
    expect(contactOf([0, 0], [4, 4], [3, 0], [4, 1])).toBeUndefined()
    expect(contactOf([0, 0], [2, 0], [1, 1], [1, 2])).toBeUndefined()
    expect(contactOf([0, 0], [2, 0], [3, 0], [3, 2])).toBeUndefined()
  })
})
