import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** True while a process with this id exists, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * When the process with this id was started, in a form that only serves for comparison: process ids are used again, in
 * containers at once. Empty when it has ended or it cannot be told.
 */
export function startOf(pid: number): string {
  if (process.platform !== 'linux') return runPs(pid, 'lstart=')
  try {
    // The second field is the program's name in brackets and may hold spaces; counted behind it, the start is the 20th.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; in a container whose first process does not collect them it stays for good.
    if (fields[0] === 'Z') return ''
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${fields[19]}`
  } catch {
    return ''
  }
}

/** The command line of a process, its words separated by spaces. Empty when it has ended. */
export function commandLineOf(pid: number): string {
  if (process.platform !== 'linux') return runPs(pid, 'command=')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function runPs(pid: number, format: string): string {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', format], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}
