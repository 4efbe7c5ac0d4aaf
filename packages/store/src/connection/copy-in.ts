import { type Connection, type PoolClient, Query } from 'pg'

/** `PGCOPY`, no flags, no extension; and the end of the rows (PostgreSQL's manual, COPY, file formats). */
const HEAD = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const END = Buffer.from([0xff, 0xff])

/**
 * `COPY … FROM STDIN (FORMAT binary)` with its data behind it at once, instead of after the server's word that it is ready for them:
 * so it shares the round trip of the statements around it. A server that refuses the COPY passes over the data of it (manual,
 * message flow, COPY operations). Gives how many rows were written.
 */
export function copyIn(client: Pick<PoolClient, 'query'>, text: string, rows: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const query: CopyQuery = Object.assign(new Query({ text }), {
      submit: (connection: CopyConnection) => {
        connection.query(text)
        for (const part of [HEAD, rows, END]) connection.sendCopyFromChunk(part)
        connection.endCopyFrom()
      },
      // the driver's own would refuse what has been sent already
      handleCopyInResponse: () => undefined,
      callback: (error: Error | null | undefined, result?: { readonly rowCount: number | null }) => {
        if (error) reject(error)
        else resolve(result?.rowCount ?? 0)
      },
    })
    client.query(query)
  })
}

interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

type CopyQuery = Query & { submit(connection: CopyConnection): void }
