import { type Right, ROLE_RIGHTS, type Role, type User } from '@cordon/contract'
import type { Caseload } from '@cordon/store'

/** Whoever asks: a person with a session, or a machine with a token. */
export interface Viewer {
  /** Account name; of a machine `token:` and its token's name, which no account can have. Stands on actions and in the audit log. */
  readonly name: string
  readonly displayName: string
  readonly role: Role
  readonly caseload: Caseload
  readonly credential: Credential
}

export interface Credential {
  readonly kind: 'session' | 'token'
  /** SHA-256 of the secret: what the database knows of it. */
  readonly hash: Buffer
  readonly secret: string
}

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer
  }
}

export const hasRight = ({ role }: Viewer, right: Right): boolean => ROLE_RIGHTS[role].includes(right)

export const toUser = ({ name, displayName, role }: Viewer): User => ({ name, displayName, role })

/** Officers see the wearers of their own orders; everybody else sees all. */
export const caseloadOf = (role: Role, name: string): Caseload => (role === 'officer' ? name : undefined)
