import type { Allowance } from './allowance.ts'
import { type Decoded, decode } from './decode.ts'
import type { RunningRegister } from './register/start-register.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

/** What the register, and not the message itself, is the reason of. */
const OF_THE_REGISTER = new Set(['unknown-tag', 'revoked-tag', 'not-fitted', 'wrong-protocol'])

/**
 * Decodes, and refuses a tag only by a register that was read after its message came: a tag that was registered, or fitted to
 * someone, a moment ago is not put in quarantine for the half second that the register may be old. Costs a batch with such a
 * message one look at the change log, however many there are.
 */
export async function decodeFresh(
  messages: readonly ReceivedMessage[],
  register: Pick<RunningRegister, 'tag' | 'activation' | 'activations' | 'refresh' | 'readAt'>,
  allowance?: Allowance,
): Promise<Decoded> {
  const decoded = decode(messages, register, allowance)
  const readAt = register.readAt()
  const isInDoubt = decoded.rejected.some(
    ({ message, rejection }) => message.receivedAt >= readAt && OF_THE_REGISTER.has(rejection.code),
  )
  if (!isInDoubt) return decoded
  await register.refresh()
  return decode(messages, register, allowance)
}
