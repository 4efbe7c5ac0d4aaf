import { createError, withTimeout } from '@cordon/runtime'
import type { MqttClient } from 'mqtt'

const CONTROL = '$CONTROL/dynamic-security/v1'
export const RESPONSE = '$CONTROL/dynamic-security/v1/response'
export const ANSWER_MS = 5_000

export interface Answer {
  readonly command: string
  readonly error?: string
  readonly correlationData?: string
  readonly data?: unknown
}

export type Command = Readonly<Record<string, unknown>> & { readonly command: string }
/** The commands of one call are carried out one after the other, and nothing of anybody else's in between. */
export type Ask = (commands: readonly Command[]) => Promise<readonly Answer[]>

/** Sends commands and waits for their answers, told apart by correlation data: other administrators' answers come here too. */
export function createAsk(client: MqttClient): Ask {
  let asked = 0
  const waiting = new Map<string, (answer: Answer) => void>()
  client.on('message', (topic, payload) => {
    if (topic !== RESPONSE) return
    for (const answer of readAnswers(payload)) {
      const { correlationData } = answer
      if (correlationData === undefined) continue
      waiting.get(correlationData)?.(answer)
      waiting.delete(correlationData)
    }
  })
  return async commands => {
    // mqtt.js would keep the commands and send them when the broker is back: long after the caller was told that it had failed.
    if (!client.connected) throw createError('broker-unavailable', 'the broker is away: no account was changed')
    const marked = commands.map(command => ({ ...command, correlationData: `${client.options.clientId}-${asked++}` }))
    const answers = marked.map(
      ({ correlationData }) => new Promise<Answer>(resolve => waiting.set(correlationData, resolve)),
    )
    try {
      return await withTimeout('the broker’s answer', ANSWER_MS, async () => {
        await client.publishAsync(CONTROL, JSON.stringify({ commands: marked }), { qos: 1 })
        return Promise.all(answers)
      })
    } catch (cause) {
      throw createError('broker-unavailable', 'the broker did not answer an account command: try again', { cause })
    } finally {
      for (const { correlationData } of marked) waiting.delete(correlationData)
    }
  }
}

function readAnswers(payload: Buffer): readonly Answer[] {
  try {
    const { responses } = JSON.parse(payload.toString()) as { responses?: readonly Answer[] }
    return Array.isArray(responses) ? responses : []
  } catch {
    return []
  }
}

export function checkAnswers(answers: readonly Answer[], isFine: (error: string) => boolean): void {
  for (const { command, error } of answers) {
    if (error === undefined || isFine(error)) continue
    throw createError('broker-unavailable', `the broker refused ${command}: ${error}`)
  }
}

/** That there is nothing to take away is what was wanted; any other refusal leaves a door open that should be shut. */
export const isMissing = (error: string): boolean => / not found$/.test(error)
