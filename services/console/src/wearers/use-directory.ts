import type { Wearer } from '@cordon/contract'
import { createContext, use, useSyncExternalStore } from 'react'
import type { WearerDirectory } from './wearer-directory.ts'

export const DirectoryContext = createContext<WearerDirectory | undefined>(undefined)

export function useDirectory(): WearerDirectory {
  const directory = use(DirectoryContext)
  if (directory === undefined) throw new Error('There is no directory above this component')
  return directory
}

/** All wearers by id; the component is rendered again when the list has been read. */
export function useWearers(): ReadonlyMap<string, Wearer> {
  const directory = useDirectory()
  return useSyncExternalStore(directory.subscribe, directory.getAll, directory.getAll)
}

export const nameOf = (wearers: ReadonlyMap<string, Wearer>, wearerId: string): string =>
  wearers.get(wearerId)?.name ?? `Wearer ${wearerId}`
