import { startDatabaseDesk } from './database/database-desk.ts'

/** `globalSetup` of vitest. Tests that need no database pay for one listening port; the first that does starts the server. */
export async function setup(): Promise<() => Promise<void>> {
  const desk = await startDatabaseDesk(process.env)
  process.env.CORDON_TEST_DATABASE_DESK = desk.url // the workers inherit it
  return () => desk.stop()
}
