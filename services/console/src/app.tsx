import { useEffect } from 'react'
import { ConsoleScreen } from './console-screen.tsx'
import type { LiveStore } from './live/live-store.ts'
import { startStream } from './live/stream-client.ts'
import { LiveContext } from './live/use-live.ts'
import type { Api } from './session/api.ts'
import { type Session, SessionContext, useSessionLoad } from './session/use-session.ts'
import { DirectoryContext } from './wearers/use-directory.ts'
import type { WearerDirectory } from './wearers/wearer-directory.ts'

type AppProps = { readonly api: Api; readonly store: LiveStore; readonly directory: WearerDirectory }

export function App({ api, store, directory }: AppProps) {
  const { session, problem } = useSessionLoad(api)
  if (session === undefined) return <Opening problem={problem} />
  return (
    <SessionContext value={session}>
      <DirectoryContext value={directory}>
        <LiveContext value={store}>
          <LiveConsole session={session} store={store} directory={directory} />
        </LiveContext>
      </DirectoryContext>
    </SessionContext>
  )
}

function Opening({ problem }: { readonly problem: string | undefined }) {
  return (
    <main className="opening">
      <h1>Cordon</h1>
      <p role="status">
        {problem === undefined ? 'Opening…' : `The server cannot be reached (${problem}). Trying again…`}
      </p>
    </main>
  )
}

/** Connects once somebody is known to be signed in, and for as long as the console is open. */
function LiveConsole({ session, store, directory }: { readonly session: Session } & Omit<AppProps, 'api'>) {
  useEffect(() => {
    document.title = `${session.site.name} – Cordon`
    void directory.load()
    return startStream({
      openSocket: (path, protocol) => new WebSocket(`${location.origin.replace('http', 'ws')}${path}`, protocol),
      cursor: () => store.getState().book.cursor,
      onPositions: store.receivePositions,
      onMessage: store.receive,
      onDown: () => {
        store.markDown()
        // A session that has ended refuses the socket too: only HTTP can say so, by 401.
        session.api.read('/session').catch(() => undefined)
      },
      random: Math.random,
      now: () => Date.now(),
    })
  }, [session, store, directory])
  return <ConsoleScreen />
}
