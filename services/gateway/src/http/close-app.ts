import { sleep } from '@cordon/runtime'
import type { FastifyInstance } from 'fastify'

/** Who is being answered gets the answer, for so long: below what a lifecycle gives a part to stop. */
const ANSWER_MS = 5_000
const LOOK_MS = 20

/**
 * Gives how to close it: nobody new is let in, requests under way are answered, then every connection is closed, also those on
 * which a browser has not asked for anything yet. To be called before it listens.
 */
export function prepareClose(app: FastifyInstance): () => Promise<void> {
  const { server } = app
  let answering = 0
  app.addHook('onRequest', async (_request, reply) => {
    answering += 1
    reply.raw.once('close', () => {
      answering -= 1
    })
  })
  return async () => {
    server.close()
    const deadline = Date.now() + ANSWER_MS
    while (answering > 0 && Date.now() < deadline) {
      server.closeIdleConnections()
      await sleep(LOOK_MS)
    }
    await app.close()
  }
}
