import { expect, it } from 'vitest'
import { mostConnections } from './open-files.ts'

const line = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max open files            ${soft.padEnd(20)} 60000                files
`

it('leaves a tenth of the open files to what is no tag', () => {
  expect(mostConnections(line('20000'))).toBe(18_000)
})

it('knows no bound where none is set', () => {
  expect(mostConnections(line('unlimited'))).toBe(Number.POSITIVE_INFINITY)
})
