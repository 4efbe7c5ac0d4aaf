import { useEffect, useState } from 'react'
import { readPreference, writePreference } from '../session/preferences.ts'
import type { Theme } from './map-palette.ts'

/** The operator's theme: dark unless they chose light on this device. The style sheet follows the root's attribute. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(() => (readPreference('theme') === 'light' ? 'light' : 'dark'))
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    writePreference('theme', theme)
  }, [theme])
  return [theme, () => setTheme(theme === 'dark' ? 'light' : 'dark')]
}
