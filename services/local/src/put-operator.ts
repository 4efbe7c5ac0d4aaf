import { createError } from '@cordon/runtime'

export const OPERATOR = 'operator'

/** The account that the terminal shows. Made at the first start; that it is there already is no error. */
export async function putOperator(base: string, adminToken: string, password: string): Promise<void> {
  const response = await fetch(`${base}/api/v1/accounts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: OPERATOR, displayName: 'Operator', role: 'supervisor', password }),
  })
  if (!response.ok && response.status !== 409) {
    throw createError('start-failed', `the operator's account could not be made: ${await response.text()}`)
  }
}
