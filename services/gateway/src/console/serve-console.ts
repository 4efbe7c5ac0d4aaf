import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '@cordon/store'
import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { authenticate } from '../sign-in/authenticate.ts'
import type { Front } from '../sign-in/front.ts'

/** Names of built assets hold a hash of their content, so a browser never needs to ask for one again. */
const ASSETS = /[\\/]assets[\\/]/

export interface ConsoleParts {
  readonly consoleFolder: string
  readonly store: Store
  readonly front: Front
}

/**
 * The web application, from the folder that its build wrote. Its page is for people who are signed in; its scripts hold nothing
 * that is secret. Ranges are answered, which the basemap needs.
 */
export async function serveConsole(
  app: FastifyInstance,
  { consoleFolder: folder, store, front }: ConsoleParts,
): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    wildcard: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.setHeader('cache-control', cacheControl(path))
    },
  })
  // Strong, because a deployed file does not change its content and keep its size and time; parts of one need a strong tag.
  app.addHook('onSend', async (_request, reply) => {
    const etag = reply.getHeader('etag')
    if (typeof etag === 'string' && etag.startsWith('W/')) void reply.header('etag', etag.slice(2))
  })
  // The library compares If-Range with its own weak tag and would answer the whole file to a browser that has a part in its cache.
  app.addHook('onRequest', async request => {
    const tag = request.headers['if-range']
    if (typeof tag === 'string' && tag.startsWith('"')) request.headers['if-range'] = `W/${tag}`
  })
  app.get('/', async (request, reply) => {
    const viewer = await authenticate(store, request.headers, front)
    if (viewer === undefined) return reply.redirect('/sign-in', 303)
    return reply.sendFile('index.html')
  })
}

function cacheControl(path: string): string {
  if (ASSETS.test(path)) return 'public, max-age=31536000, immutable'
  return path.endsWith('.html') ? 'no-cache' : 'public, max-age=3600'
}
