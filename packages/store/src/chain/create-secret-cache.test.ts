import { describe, expect, it } from 'vitest'
import { createSecretCache } from './create-secret-cache.ts'

const secrets = (...ids: readonly string[]) => new Map(ids.map(id => [id, `secret of ${id}`]))

describe('the secrets that a writer knows', () => {
  it('are kept up to a bound, and forgotten all together when it is reached or they are no longer to be relied on', () => {
    const cache = createSecretCache(3)
    cache.keep(secrets('1', '2'))
    cache.keep(secrets('3'))
    expect(['1', '2', '3', '4'].map(id => cache.of(id))).toEqual([
      'secret of 1',
      'secret of 2',
      'secret of 3',
      undefined,
    ])
    cache.keep(secrets('4', '5'))
    expect(['1', '3', '4', '5'].map(id => cache.of(id))).toEqual([undefined, undefined, 'secret of 4', 'secret of 5'])
    cache.clear()
    expect(cache.of('4')).toBeUndefined()
  })
})
