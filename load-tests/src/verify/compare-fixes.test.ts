import { describe, expect, it } from 'vitest'
import { compareFixes } from './compare-fixes.ts'

const published = { id: 'a', fixes: 10, unacknowledged: [] as number[], malformed: 0, enteredAt: null }
const kept = { id: 'a', rows: 10, distinct: 10, lowest: 1, highest: 10, unacknowledged: 0 }
const fine = { acknowledged: 10, kept: 10, lost: 0, doubled: 0 }

describe('what is in the database', () => {
  it('is right when every acknowledged fix is there once', () => {
    expect(compareFixes([published], [kept])).toEqual(fine)
  })

  it('may hold what was not acknowledged, and may not', () => {
    const cut = { ...published, unacknowledged: [9, 10] }
    const without = { ...kept, rows: 8, distinct: 8, highest: 8 }
    expect(compareFixes([cut], [{ ...kept, unacknowledged: 2 }])).toMatchObject({ lost: 0, doubled: 0 })
    expect(compareFixes([cut], [without])).toMatchObject({ lost: 0, doubled: 0 })
  })

  it('is not right when an acknowledged fix is missing, even where an unacknowledged one is there', () => {
    expect(compareFixes([published], [{ ...kept, rows: 9, distinct: 9 }])).toMatchObject({ lost: 1, doubled: 0 })
    const cut = { ...published, unacknowledged: [9, 10] }
    expect(compareFixes([cut], [{ ...kept, rows: 8, distinct: 8, unacknowledged: 1 }])).toMatchObject({ lost: 1 })
    expect(compareFixes([published], [])).toMatchObject({ lost: 10 })
  })

  it('is not right when a fix is there twice, or was never published', () => {
    expect(compareFixes([published], [{ ...kept, rows: 11 }])).toMatchObject({ lost: 0, doubled: 1 })
    expect(compareFixes([published], [{ ...kept, rows: 11, distinct: 11, highest: 11 }])).toMatchObject({ doubled: 1 })
    expect(compareFixes([published], [kept, { ...kept, id: 'b', rows: 3 }])).toMatchObject({ doubled: 3 })
  })
})
