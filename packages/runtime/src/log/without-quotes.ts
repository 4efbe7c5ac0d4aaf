/** SQLSTATE class 22, data exception: the message quotes the value. In all other classes what it quotes is a name of the schema. */
const DATA_EXCEPTION = /^22/
/** Raised by a trigger, or internal: the message is anybody's, and can hold a row. */
const FREE_TEXT = /^(P0|XX)/
const SQLSTATE = /^[0-9A-Z]{5}$/
/** From the first quote to the last: a quoted value can hold quotes itself. */
const QUOTED = /"[\s\S]*"/
/** Errors of Node itself end with what they were given. */
const RECEIVED = /Received [\s\S]*$/

/**
 * An error's message without what it quotes of data that came in. PostgreSQL puts a value that it cannot read into its message,
 * JSON.parse and BigInt the text, Node the argument that it did not like. Our own errors are written without such things.
 */
export function withoutQuotes(error: Error): string {
  const { message } = error
  if (error instanceof SyntaxError) return 'what came in cannot be read'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (SQLSTATE.test(code) && FREE_TEXT.test(code)) return `SQLSTATE ${code}: its text is withheld`
  if (DATA_EXCEPTION.test(code)) return message.replace(QUOTED, '"…"')
  return code.startsWith('ERR_') ? message.replace(RECEIVED, 'Received …') : message
}
