import type { LiveConfiguration } from '@cordon/contract'

/** The hints of configuration changes, which only come when the test gives them. */
export function aLive() {
  const handlers: ((message: LiveConfiguration) => void)[] = []
  return {
    hint: (message: LiveConfiguration) => {
      for (const handler of handlers) handler(message)
    },
    onConfiguration: (handler: (message: LiveConfiguration) => void) => {
      handlers.push(handler)
      return Promise.resolve()
    },
  }
}
