import { readFileSync } from 'node:fs'

/** A broker has its own files beside the connections, and a process here some hundreds. */
const SHARE_FOR_CONNECTIONS = 0.9

/** So many tags can be connected to one broker that is started from here, by `ulimit -n`: Node has raised its own to the hard one. */
export function mostConnections(limits = readFileSync('/proc/self/limits', 'utf8')): number {
  const most = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY)
  return Math.floor(most * SHARE_FOR_CONNECTIONS)
}
