/** Where a message begins to cost anything that nothing else does. */
export const FIRST_STAGE = 'decode: bytes to fixes'

/** The stages of ingest's way of a fix, and which code belongs to each: the first pattern that fits the address of a file. */
const STAGES: readonly (readonly [stage: string, files: RegExp])[] = [
  ['receive: MQTT packets', /mqtt-packet|\/subscribe\/|process-nextick|\bbl\b/],
  [FIRST_STAGE, /packages\/codec\/|ingest\/dist\/decode/],
  ['evaluate: the watch engine', /packages\/(watch|geofence)\/|ingest\/dist\/(evaluate|watch-states)|@turf/],
  ['persist: encoding rows', /packages\/store\/dist\/write\/|ingest\/dist\/persist/],
  ['persist: database driver', /node_modules\/pg|packages\/store\//],
  ['publish: positions', /ingest\/dist\/publish|packages\/live\/|node_modules\/(mqtt|readable-stream)\//],
  ['meter', /ingest\/dist\/(meter|heartbeat)|prom-client/],
  ['batching', /ingest\/dist\//],
]

export function stageOf(url: string): string | undefined {
  return STAGES.find(([, files]) => files.test(url))?.[0]
}

/** What V8 counts without a place in the code. */
export const OWN_STAGES: Readonly<Record<string, string>> = {
  '(garbage collector)': 'garbage collection',
  '(idle)': 'idle',
  '(program)': 'Node itself: sockets, timers',
}

export const OTHER_STAGE = 'Node itself: sockets, timers'
