import { useCallback, useEffect, useState } from 'react'

export type Resource<Value> = {
  readonly value: Value | undefined
  readonly problem: string | undefined
  readonly reload: () => void
}

type Loaded<Value> = { readonly key: string | undefined; readonly value?: Value; readonly problem?: string }

/**
 * What the server answers for a key (an id, a path); undefined asks nothing. An answer for an earlier key is
 * thrown away, so that one person's record never shows under another's name.
 */
export function useResource<Value>(
  key: string | undefined,
  load: (key: string) => Promise<Value>,
  version?: string | number,
): Resource<Value> {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ key: undefined })
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the loader is a new function each time; key, version and round say when to ask
  useEffect(() => {
    if (key === undefined) return
    let left = false
    load(key).then(
      value => !left && setLoaded({ key, value }),
      (problem: unknown) =>
        !left && setLoaded({ key, problem: problem instanceof Error ? problem.message : String(problem) }),
    )
    return () => {
      left = true
    }
  }, [key, version, round])
  const reload = useCallback(() => setRound(before => before + 1), [])
  const current = loaded.key === key ? loaded : undefined
  return { value: current?.value, problem: current?.problem, reload }
}
