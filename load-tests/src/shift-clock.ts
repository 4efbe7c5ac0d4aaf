import { readFileSync } from 'node:fs'

/**
 * Loaded before a service (`node --import`): its clock is off by as many milliseconds as the file of CORDON_FAULT_CLOCK says, from one
 * moment to the next, as when somebody sets the clock of the machine. What counts evenly (performance.now, timers) goes on.
 */
const RealDate = Date
const file = process.env.CORDON_FAULT_CLOCK
let offMs = 0

class ShiftedDate extends RealDate {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [RealDate.now() + offMs] : given) as [number]))
  }
  static override now(): number {
    return RealDate.now() + offMs
  }
}

function read(from: string): void {
  try {
    offMs = Number(readFileSync(from, 'utf8'))
  } catch {
    offMs = 0
  }
}

if (file !== undefined) {
  globalThis.Date = ShiftedDate as DateConstructor
  read(file)
  setInterval(() => read(file), 100).unref()
}
