/**
 * Preloaded into every child (`node --import`). A child whose parent was killed would go on by itself and keep its ports, so
 * that nothing could be started in its place; it asks itself to stop instead.
 */
const EVERY_MS = 500
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
}, EVERY_MS).unref()
