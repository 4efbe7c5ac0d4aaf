import { createError, toError } from '@cordon/runtime'

export const OPERATOR = 'operator'

/** The account that the terminal shows. Made at the first start; that it is there already is no error. */
export async function putOperator(base: string, adminToken: string, password: string): Promise<void> {
  const address = `${base}/api/v1/accounts`
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: OPERATOR, displayName: 'Operator', role: 'supervisor', password }),
  }).catch((cause: unknown) => {
    const { message, cause: reason } = toError(cause)
    const why = reason === undefined ? message : toError(reason).message
    throw createError('start-failed', `the gateway does not answer at ${address}: ${why}`, { cause })
  })
  if (!response.ok && response.status !== 409) {
    throw createError('start-failed', `the operator's account could not be made: ${await response.text()}`)
  }
}
