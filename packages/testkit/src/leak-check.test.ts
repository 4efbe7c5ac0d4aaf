import { connect, createServer } from 'node:net'
import { listen } from '@cordon/runtime'
import { describe, expect, it } from 'vitest'
import { leakCheck } from './leak-check.ts'

describe('the leak check', () => {
  it('names what was left open, and is content once it is closed', async () => {
    const check = leakCheck()
    const server = createServer()
    await listen(server, 0, '127.0.0.1')
    await expect(check()).rejects.toThrow('1 TCPServerWrap')
    server.close()
    await expect(check()).resolves.toBeUndefined()
  })

  it('notices a connection that the other side keeps', async () => {
    const server = createServer()
    const port = await listen(server, 0, '127.0.0.1')
    const check = leakCheck()
    const socket = connect(port, '127.0.0.1')
    await expect(check()).rejects.toThrow('TCPSocketWrap')
    socket.destroy()
    await expect(check()).resolves.toBeUndefined()
    server.close()
  })
})
