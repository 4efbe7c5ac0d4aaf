import { afterEach, describe, expect, it } from 'vitest'
import { isCordonError } from '../errors/cordon-error.ts'
import { sleep } from '../timing/sleep.ts'
import { createOpsServer, type OpsServerOptions } from './create-ops-server.ts'
import { Counter, createRegistry } from './create-registry.ts'

const running: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

async function startOps(options: Partial<OpsServerOptions> = {}) {
  const defaults = { port: 0, host: '127.0.0.1', live: () => true, ready: {}, registry: createRegistry('ingest') }
  const started = await createOpsServer({ ...defaults, ...options }).start()
  running.push(started.stop)
  return started
}

describe('the operations server', () => {
  it('answers /health by what the process says of itself', async () => {
    let alive = true
    const { url } = await startOps({ live: () => alive })
    expect((await fetch(`${url}/health`)).status).toBe(200)
    alive = false
    expect((await fetch(`${url}/health`)).status).toBe(503)
  })

  it('answers /ready with each check, and 503 when one fails, throws or takes too long', async () => {
    const good = { database: () => ({ ok: true, detail: '3 connections' }) }
    const { url } = await startOps({ ready: good })
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({
      ok: true,
      checks: [{ name: 'database', ok: true, detail: '3 connections', ms: expect.any(Number) }],
    })

    const bad = {
      ...good,
      broker: () => Promise.reject(new Error('connection refused')),
      lag: async (signal: AbortSignal) => {
        await sleep(60_000, signal)
        return { ok: true, detail: '' }
      },
    }
    const other = await startOps({ ready: bad, checkTimeoutMs: 20 })
    const answer = await fetch(`${other.url}/ready`)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({
      ok: false,
      checks: [
        { name: 'database', ok: true },
        { name: 'broker', ok: false, detail: 'connection refused' },
        { name: 'lag', ok: false, detail: 'lag took longer than 20 ms' },
      ],
    })
  })

  it('runs the checks once for probes that arrive together', async () => {
    let runs = 0
    const ready = {
      slow: async () => {
        runs += 1
        await sleep(200)
        return { ok: true, detail: '' }
      },
    }
    const { url } = await startOps({ ready })
    await Promise.all([1, 2, 3].map(() => fetch(`${url}/ready`)))
    expect(runs).toBe(1)
    await fetch(`${url}/ready`)
    expect(runs).toBe(2)
  })

  it('serves its own registry at /metrics, with the service as a label', async () => {
    const registry = createRegistry('ingest')
    new Counter({ name: 'cordon_fixes_total', help: 'Fixes stored', registers: [registry] }).inc(7)
    const { url } = await startOps({ registry })
    const answer = await fetch(`${url}/metrics`)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    const page = await answer.text()
    expect(page).toContain('cordon_fixes_total{service="ingest"} 7')
    expect(page).toContain('process_cpu_seconds_total')
    expect(await (await fetch(`${(await startOps()).url}/metrics`)).text()).not.toContain('cordon_fixes_total')
  })

  it('knows no other address and no other method', async () => {
    const { url } = await startOps()
    expect((await fetch(`${url}/`)).status).toBe(404)
    const posted = await fetch(`${url}/health`, { method: 'POST' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  it('says plainly that its port is in use', async () => {
    const { port } = await startOps()
    const error: unknown = await startOps({ port }).catch((thrown: unknown) => thrown)
    expect(isCordonError(error, 'port-in-use')).toBe(true)
    expect(error).toMatchObject({ message: `port ${port} on 127.0.0.1 is in use` })
  })

  it('stops at once although a client keeps its connection open', async () => {
    const { url, stop } = await startOps()
    await (await fetch(`${url}/health`)).text()
    await stop()
    await expect(fetch(`${url}/health`)).rejects.toThrow()
  })
})
