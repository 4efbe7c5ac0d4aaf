import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CordonError, createError, isCordonError, toError } from './cordon-error.ts'
import { type CatalogueEntry, errorCatalogue } from './error-catalogue.ts'
import { renderErrorsPage } from './render-errors-page.ts'

const entries: [string, CatalogueEntry][] = Object.entries(errorCatalogue)

describe('the error catalogue', () => {
  it('is what docs/errors.md says', async () => {
    const page = new URL('../../../../docs/errors.md', import.meta.url).pathname
    expect(existsSync(page)).toBe(true)
    await expect(renderErrorsPage()).toMatchFileSnapshot(page)
  })

  it.each(entries)(
    '%s has a stable form, a title and something to do',
    (code, { title, whatToDo, httpStatus = 500 }) => {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(title).toMatch(/^[A-Z].*[^.]$/)
      expect(whatToDo).toMatch(/^[A-Z].*\.$/)
      expect(httpStatus).toBeGreaterThanOrEqual(400)
      expect(httpStatus).toBeLessThan(600)
    },
  )
})

describe('createError', () => {
  it('carries code, detail, field and cause, and its stack begins at the caller', () => {
    const cause = new Error('why')
    const error = createError('invalid-body', 'radius must be positive', { cause, field: 'geometry.radius' })
    expect(error).toBeInstanceOf(CordonError)
    expect(error).toMatchObject({
      code: 'invalid-body',
      detail: 'radius must be positive',
      field: 'geometry.radius',
      cause,
    })
    expect(error.entry.httpStatus).toBe(400)
    expect(error.stack?.split('\n')[1]).toContain('errors.test.ts')
  })

  it('is told apart by code', () => {
    expect(isCordonError(createError('conflict', 'x'), 'conflict')).toBe(true)
    expect(isCordonError(createError('conflict', 'x'), 'not-found')).toBe(false)
    expect(isCordonError(new Error('x'))).toBe(false)
  })

  it('makes an error of whatever was thrown', () => {
    expect(toError('text').message).toBe('text')
    expect(toError(undefined).message).toBe('undefined')
  })
})
