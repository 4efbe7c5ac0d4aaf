import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'maplibre-gl/dist/maplibre-gl.css'
import './theme/tokens.css'
import './theme/base.css'
import { App } from './app.tsx'
import { createLiveStore } from './live/live-store.ts'
import { createApi } from './session/api.ts'
import { createWearerDirectory } from './wearers/wearer-directory.ts'

const now = () => Date.now()
const api = createApi(() => location.assign('/sign-in'))
const store = createLiveStore(now)
const directory = createWearerDirectory(api, now)

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element')
createRoot(root).render(
  <StrictMode>
    <App api={api} store={store} directory={directory} />
  </StrictMode>,
)
