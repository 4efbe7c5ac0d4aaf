import { ENGINE_NAME } from '@cordon/contract'
import { Refusal } from '../http/refuse.ts'

/** Whoever bore the engine's name, in whatever case and between whatever blanks, would be taken for it on incidents. */
export function refuseReservedName(name: string): void {
  if (name.trim().toLowerCase() !== ENGINE_NAME) return
  throw new Refusal('reserved-name', `the name "${ENGINE_NAME}" stands for the engine itself`, { field: '/name' })
}
