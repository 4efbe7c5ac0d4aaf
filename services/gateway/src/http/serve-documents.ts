import { asyncApiDocument, openApiDocument } from '@cordon/contract'
import type { FastifyInstance } from 'fastify'

/** The interfaces as machines read them; written once, for whoever asks. */
export function serveDocuments(app: FastifyInstance): void {
  const documents = { '/api/openapi.json': openApiDocument(), '/api/asyncapi.json': asyncApiDocument() }
  for (const [url, document] of Object.entries(documents)) {
    const text = JSON.stringify(document)
    app.get(url, (_request, reply) => reply.type('application/json; charset=utf-8').send(text))
  }
}
