const EVERY_MS = 500

/**
 * What is preloaded into a child, `node --import <address>`, so that it ends with its parent. The parent is named and not asked for: it may be
 * gone before the child is far enough to look.
 */
export const endWithParent = (parent: number): string => `${import.meta.url}?parent=${parent}`

/**
 * A child whose parent was killed would go on by itself and keep its ports, so that nothing could be started in its place: it
 * asks itself to stop instead.
 */
function watchParent(parent: number): void {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, EVERY_MS).unref()
}

const parent = new URL(import.meta.url).searchParams.get('parent')
if (parent !== null) watchParent(Number(parent))
