import { connect, createServer, type Server, type Socket } from 'node:net'
import { listen, sleep } from '@cordon/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProxy, type NetworkProxy } from './create-proxy.ts'

let servers: Server[] = []
let proxy: NetworkProxy
let heardByServer = ''
const sockets: Socket[] = []

/** Says back what it hears, with its name before it. */
async function aServer(name: string): Promise<number> {
  const server = createServer(socket => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', chunk => {
      heardByServer += chunk.toString()
      socket.write(`${name}:${chunk.toString()}`)
    })
  })
  servers.push(server)
  return listen(server, 0, '127.0.0.1')
}

function aClient() {
  const socket = connect({ host: '127.0.0.1', port: proxy.port })
  sockets.push(socket)
  const client = { socket, heard: '', isClosed: false }
  socket.on('error', () => undefined)
  socket.on('data', chunk => {
    client.heard += chunk.toString()
  })
  socket.on('close', () => {
    client.isClosed = true
  })
  return client
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 10_000; waited += 10) await sleep(10)
  expect(isSo()).toBe(true)
}

describe('createProxy', () => {
  beforeEach(async () => {
    heardByServer = ''
    proxy = await createProxy({ host: '127.0.0.1', port: await aServer('one') })
  })
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy()
    await proxy.stop()
    await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
    servers = []
  })

  it('delivers both ways, and the end of either side', async () => {
    const client = aClient()
    client.socket.write('a')
    await until(() => client.heard === 'one:a')
    client.socket.end()
    await until(() => client.isClosed)
  })

  it('keeps connections open while nothing is delivered, and delivers it when it is healed', async () => {
    const client = aClient()
    client.socket.write('a')
    await until(() => client.heard === 'one:a')
    proxy.stall('up', 'down')
    client.socket.write('b')
    const late = aClient()
    late.socket.write('c')
    await sleep(200)
    expect([heardByServer, client.heard, late.heard]).toEqual(['a', 'one:a', ''])
    expect([client.isClosed, late.isClosed]).toEqual([false, false])
    proxy.heal()
    await until(() => client.heard === 'one:aone:b' && late.heard === 'one:c')
  })

  it('can be deaf one way only: what is said arrives, and no answer comes', async () => {
    const client = aClient()
    proxy.stall('down')
    client.socket.write('a')
    await until(() => heardByServer === 'a')
    await sleep(100)
    expect(client.heard).toBe('')
    proxy.heal()
    await until(() => client.heard === 'one:a')
  })

  it('resets what is open, and refuses whoever comes until it is healed', async () => {
    const client = aClient()
    client.socket.write('a')
    await until(() => client.heard === 'one:a')
    proxy.refuse()
    await until(() => client.isClosed)
    const refused = aClient()
    await until(() => refused.isClosed)
    proxy.heal()
    const again = aClient()
    again.socket.write('b')
    await until(() => again.heard === 'one:b')
  })

  it('leads to another server when the address moves', async () => {
    const client = aClient()
    client.socket.write('a')
    await until(() => client.heard === 'one:a')
    proxy.moveTo({ host: '127.0.0.1', port: await aServer('two') })
    await until(() => client.isClosed)
    const again = aClient()
    again.socket.write('b')
    await until(() => again.heard === 'two:b')
  })
})
