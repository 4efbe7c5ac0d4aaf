import type { Site, User } from '@cordon/contract'
import { createContext, use, useEffect, useState } from 'react'
import { type Api, ApiProblem } from './api.ts'

export type Session = { readonly user: User; readonly site: Site; readonly api: Api }

export const SessionContext = createContext<Session | undefined>(undefined)

export function useSession(): Session {
  const session = use(SessionContext)
  if (session === undefined) throw new Error('There is no session above this component')
  return session
}

export type SessionLoad = { readonly session?: Session; readonly problem?: string }

/** Who is signed in and what this place is called; asked once, and again every 5 s while the server cannot say. */
export function useSessionLoad(api: Api): SessionLoad {
  const [load, setLoad] = useState<SessionLoad>({})
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    const ask = async () => {
      try {
        const [user, site] = await Promise.all([api.read<User>('/session'), api.read<Site>('/site')])
        if (!left) setLoad({ session: { user, site, api } })
      } catch (problem) {
        if (left || (problem instanceof ApiProblem && problem.status === 401)) return
        setLoad({ problem: problem instanceof Error ? problem.message : String(problem) })
        timer = setTimeout(() => void ask(), 5_000)
      }
    }
    void ask()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [api])
  return load
}
