import type { LocalConfig } from './config.ts'
import type { Ports } from './find-ports.ts'
import { OPERATOR } from './put-operator.ts'

export interface Welcome {
  readonly base: string
  readonly mqttUrl: string
  readonly ports: Ports
  readonly dataDir: string
  readonly password: string
  readonly adminToken: string
  readonly config: LocalConfig
}

export function showWelcome({ base, mqttUrl, ports, dataDir, password, adminToken, config }: Welcome): void {
  const address = base.replace('127.0.0.1', 'localhost')
  const rows: readonly (readonly [string, string])[] = [
    ['Console', address],
    ['Sign in', `${OPERATOR} / ${password}`],
    ['API', `${address}/api/v1  (documents: ${address}/api/openapi.json)`],
    ['API token', config.adminToken === undefined ? adminToken : 'the one in CORDON_ADMIN_TOKEN'],
    ['MQTT', mqttUrl],
    ['Operations', `http://${config.host}:${ports.gatewayOps.number()}/ready`],
    ['Data', dataDir],
  ]
  const lines = rows.map(([name, value]) => `  ${name.padEnd(11)}${value}`)
  process.stdout.write(`\nCordon is up.\n\n${lines.join('\n')}\n\n  Ctrl+C stops it; the data stays.\n\n`)
}
