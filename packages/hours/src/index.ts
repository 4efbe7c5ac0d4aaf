export { checkHours, type HoursProblem, type HoursProblemCode } from './check-hours.ts'
export { type CompiledHours, compileHours } from './compile-hours.ts'
export type { Period } from './period.ts'
