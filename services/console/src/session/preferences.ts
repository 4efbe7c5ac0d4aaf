/** What a person has set on this device. Without storage (a locked-down browser) the defaults hold. */
type Preference = 'theme' | 'sound' | 'shortcuts'

export function readPreference(name: Preference): string | undefined {
  try {
    return localStorage.getItem(`cordon.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

export function writePreference(name: Preference, value: string): void {
  try {
    localStorage.setItem(`cordon.${name}`, value)
  } catch {
    // Nothing to keep it in: the setting holds until the page is left.
  }
}
