import { readFileSync } from 'node:fs'
import { RISKS, WEARER_FLAGS } from '@cordon/contract'
import { createError } from '@cordon/runtime'
import type { NamedPlace } from '../ground/avoid-places.ts'
import type { Population, Wearer } from './wearer.ts'

export interface TagCredentials {
  readonly username: string
  readonly password: string
}

/** @throws CordonError start-failed with the path and what does not fit. */
export function readPopulation(path: string): Population {
  const value = readJson(path)
  const wearers = isRecord(value) && Array.isArray(value.wearers) ? value.wearers : undefined
  if (wearers === undefined) throw unusable(path, 'it has no list of wearers')
  const wrong = wearers.findIndex(wearer => !isWearer(wearer))
  if (wrong !== -1) throw unusable(path, `wearers[${wrong}] is not as the command population writes it`)
  return { wearers: wearers.filter(isWearer) }
}

/** By tag id. @throws CordonError start-failed */
export function readCredentials(path: string): ReadonlyMap<string, TagCredentials> {
  const value = readJson(path)
  if (!isRecord(value)) throw unusable(path, 'it is not an object with tag ids as its keys')
  return new Map(
    Object.entries(value).map(([tagId, credentials]) => {
      if (!isCredentials(credentials)) throw unusable(path, `${tagId} has no username and password`)
      return [tagId, credentials]
    }),
  )
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw createError('start-failed', `${path} cannot be read as JSON`, { cause })
  }
}

const unusable = (path: string, why: string) => createError('start-failed', `${path} cannot be used: ${why}`)

function isWearer(value: unknown): value is Wearer {
  if (!isRecord(value)) return false
  const { name, reference, tagId, flags, mappaLevel, home, work, avoid, risk, curfew } = value
  return (
    [name, reference, tagId].every(text => typeof text === 'string') &&
    Array.isArray(flags) &&
    flags.every(flag => WEARER_FLAGS.some(known => known === flag)) &&
    typeof mappaLevel === 'number' &&
    isPlace(home) &&
    (work === null || isPlace(work)) &&
    isPlace(avoid) &&
    RISKS.some(known => known === risk) &&
    (curfew === null || isCurfew(curfew))
  )
}

function isPlace(value: unknown): value is NamedPlace {
  if (!isRecord(value)) return false
  const { name, lon, lat } = value
  return typeof name === 'string' && typeof lon === 'number' && typeof lat === 'number'
}

function isCurfew(value: unknown): boolean {
  if (!isRecord(value)) return false
  return [value.from, value.to].every(time => typeof time === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(time))
}

function isCredentials(value: unknown): value is TagCredentials {
  return isRecord(value) && typeof value.username === 'string' && typeof value.password === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
