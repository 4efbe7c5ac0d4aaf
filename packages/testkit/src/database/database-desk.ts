import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, toError } from '@cordon/runtime'
import { createTestServer, type TestServer } from './test-server.ts'

export interface DatabaseDesk {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Hands out databases to the test workers: POST /migrated and POST /empty
 * give one, DELETE /{name} takes it back. It lives in vitest's own process, so one
 * server and one template serve a whole run and go with it, however the workers end.
 */
export async function startDatabaseDesk(env: NodeJS.ProcessEnv): Promise<DatabaseDesk> {
  const databases = createTestServer(env)
  const http = createServer((request, response) => {
    answer(databases, request, response).catch((error: unknown) => {
      response.writeHead(500).end(toError(error).stack ?? toError(error).message)
    })
  })
  const port = await listen(http, 0, '127.0.0.1')
  const stop = async (): Promise<void> => {
    http.closeAllConnections()
    http.close()
    await databases.stop()
  }
  return { url: `http://127.0.0.1:${port}`, stop }
}

async function answer(databases: TestServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'POST') {
    response.end(JSON.stringify(await databases.create(request.url === '/empty' ? 'empty' : 'migrated')))
    return
  }
  await databases.drop((request.url ?? '').slice(1))
  response.writeHead(204).end()
}
