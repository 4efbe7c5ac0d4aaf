/** By this address it is preloaded into a child: `node --import <address>`. */
export const endWithParent = import.meta.url

const EVERY_MS = 500

/**
 * A child whose parent was killed would go on by itself and keep its ports, so that nothing could be started in its place: it
 * asks itself to stop instead.
 */
function watchParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, EVERY_MS).unref()
}

// Only where it was preloaded; who imports it wants its address.
if (process.execArgv.includes(endWithParent)) watchParent()
