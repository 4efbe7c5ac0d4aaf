import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { brokerUser, issueTagCertificate, prepareMosquittoHome, revokeTagCertificate } from './mosquitto-home.ts'

const BINARIES = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto']
const START_MS = 10_000
const STOP_MS = 10_000

/** An account of the broker. */
export interface BrokerAccount {
  readonly username: string
  readonly password: string
}

export interface MosquittoOptions {
  /** Its home; what stands there from before is kept. A temporary folder, removed by `stop`, when absent. */
  readonly dir?: string
  readonly port?: number
  readonly tlsPort?: number
  readonly env?: Readonly<Record<string, string>>
  /** Niceness, below 0 for before all others; as it is where only root may say so. */
  readonly priority?: number
}

export interface Mosquitto {
  /** The plain listener of the services. */
  readonly url: string
  /** The TLS listener of the tags. */
  readonly tlsUrl: string
  /** The TLS listener of tags that sign in with a certificate. */
  readonly certificateUrl: string
  /** PEM texts for a tag, of the authority that this listener asks for. */
  readonly issueCertificate: (tagId: string) => { readonly cert: string; readonly key: string }
  /** Puts it on the list of the revoked, and tells the broker to read that again. */
  readonly revokeCertificate: (tagId: string) => void
  /** The authority that signed the listener's certificate. */
  readonly caFile: string
  /** The gateway's account: manages all others over $CONTROL/dynamic-security. */
  readonly admin: BrokerAccount
  readonly ingest: BrokerAccount
  /** Everything it has logged since it was made. */
  readonly log: () => string
  readonly stop: () => Promise<void>
  /** SIGKILL: sessions and queues since the last snapshot are lost. */
  readonly kill: () => Promise<void>
  /** Stops it cleanly if it runs, and starts it again on the same ports with the same data. */
  readonly restart: () => Promise<void>
}

/**
 * This machine's mosquitto with the configuration of deploy/mosquitto: the same mosquitto.conf, listeners and plugin, in
 * which nothing is replaced but the two addresses and the path of the plugin.
 */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const home = options.dir ?? mkdtempSync(join(tmpdir(), 'cordon-mosquitto-'))
  const port = options.port ?? (await freePort())
  const tlsPort = options.tlsPort ?? (await freePort())
  const certificatePort = await freePort()
  const passwords = prepareMosquittoHome(home, { plain: port, tls: tlsPort, certificate: certificatePort })
  const broker = createProcess(home, [port, tlsPort, certificatePort], options)
  await broker.start()
  return {
    url: `mqtt://127.0.0.1:${port}`,
    tlsUrl: `mqtts://localhost:${tlsPort}`,
    certificateUrl: `mqtts://localhost:${certificatePort}`,
    issueCertificate: tagId => issueTagCertificate(home, tagId),
    revokeCertificate: tagId => {
      revokeTagCertificate(home, tagId)
      broker.signal('SIGHUP')
    },
    caFile: join(home, 'ca', 'ca.crt'),
    admin: { username: 'cordon.gateway', password: passwords.gateway },
    ingest: { username: 'cordon.ingest', password: passwords.ingest },
    log: broker.log,
    kill: () => broker.end('SIGKILL'),
    restart: async () => {
      await broker.end('SIGTERM')
      await broker.start()
    },
    stop: async () => {
      await broker.end('SIGTERM')
      if (options.dir === undefined) rmSync(home, { recursive: true, force: true })
    },
  }
}

function createProcess(home: string, ports: readonly number[], { env, priority }: MosquittoOptions) {
  let child: ChildProcess | undefined
  let log = ''
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null
  // A test that ends without stopping its broker must not leave it to the machine.
  const forsake = () => child?.kill('SIGKILL')

  const start = async () => {
    const binary = BINARIES.find(existsSync) ?? 'mosquitto'
    process.once('exit', forsake)
    child = spawn(binary, ['-c', 'mosquitto.conf'], {
      cwd: home,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...brokerUser(),
    })
    if (priority !== undefined) prefer(child, priority)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (log += chunk))
    child.on('error', error => (log += `${error}\n`))
    const deadline = Date.now() + START_MS
    while (!(await allAnswer(ports))) {
      if (!isRunning() || Date.now() > deadline) throw new Error(`mosquitto did not start:\n${log.slice(-2000)}`)
      await sleep(20)
    }
  }

  const end = async (signal: NodeJS.Signals) => {
    if (child === undefined || !isRunning()) return
    const ended = once(child, 'exit')
    const forced = setTimeout(() => child?.kill('SIGKILL'), STOP_MS)
    child.kill(signal)
    await ended
    clearTimeout(forced)
    process.off('exit', forsake)
  }

  return { start, end, signal: (signal: NodeJS.Signals) => void child?.kill(signal), log: () => log }
}

async function allAnswer(ports: readonly number[]): Promise<boolean> {
  const answers = await Promise.all(ports.map(isAnswering))
  return answers.every(Boolean)
}

function isAnswering(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => settle(true)).once('error', () => settle(false))
  })
}

function prefer({ pid }: ChildProcess, priority: number): void {
  if (pid === undefined || process.getuid?.() !== 0) return
  setPriority(pid, priority)
}
