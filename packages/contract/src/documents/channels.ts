import Type, { type TSchema } from 'typebox'
import { LIMITS } from '../limits.ts'
import { OwnTracksLocation, OwnTracksLwt, TraccarForward } from '../mqtt/other-sources.ts'
import { AckMessage, CommandMessage, DeviceEventMessage, FixMessage, StatusMessage } from '../mqtt/tag-messages.ts'
import { TOPICS } from '../mqtt/topics.ts'
import { OWNTRACKS_ID_PATTERN, TAG_ID_PATTERN } from '../schema.ts'
import * as socket from '../socket/messages.ts'
import { Provisional } from '../socket/provisional.ts'
import type { JsonObject } from './components.ts'
import { MQTT_EXAMPLES, SOCKET_EXAMPLES } from './examples.ts'

/** A message of a channel: its payload, and one example of it. */
export interface Message {
  readonly summary: string
  readonly payload: TSchema
  readonly example: unknown
}

/** A channel from Cordon's side: what it receives there, and what it sends. */
export interface Channel {
  readonly address: string
  readonly server: 'broker' | 'gateway'
  readonly description: string
  readonly parameters?: JsonObject
  readonly receives?: Readonly<Record<string, Message>>
  readonly sends?: Readonly<Record<string, Message>>
  readonly isRetained?: boolean
}

const many = (schema: TSchema): TSchema => Type.Array(schema, { maxItems: LIMITS.itemsPerMessage })
const message = (summary: string, payload: TSchema, example: unknown): Message => ({ summary, payload, example })

const tagId: JsonObject = { tagId: { description: `The tag's own id: ${TAG_ID_PATTERN}` } }
const mqtt = MQTT_EXAMPLES
const ws = SOCKET_EXAMPLES

export const CHANNELS: Readonly<Record<string, Channel>> = {
  tagFixes: {
    address: TOPICS.tagFixes('{tagId}'),
    server: 'broker',
    description: 'Positions: one fix, or an array of up to 1,000. A tag may publish below its own id only.',
    parameters: tagId,
    receives: {
      fix: message('One fix', FixMessage, mqtt.fix),
      fixes: message('An array of fixes', many(FixMessage), mqtt.fixes),
    },
  },
  tagEvents: {
    address: TOPICS.tagEvents('{tagId}'),
    server: 'broker',
    description: 'Device events: one, or an array of up to 1,000.',
    parameters: tagId,
    receives: {
      event: message('One device event', DeviceEventMessage, mqtt.event),
      events: message('An array of device events', many(DeviceEventMessage), mqtt.events),
    },
  },
  tagStatus: {
    address: TOPICS.tagStatus('{tagId}'),
    server: 'broker',
    description: 'Whether the tag is connected. Retained; `{"online": false}` is also the last will.',
    parameters: tagId,
    isRetained: true,
    receives: { status: message('The status of a tag', StatusMessage, mqtt.status) },
  },
  tagAcks: {
    address: TOPICS.tagAcks('{tagId}'),
    server: 'broker',
    description: 'What became of a command.',
    parameters: tagId,
    receives: { ack: message('An acknowledgement of a command', AckMessage, mqtt.ack) },
  },
  tagCommands: {
    address: TOPICS.tagCommands('{tagId}'),
    server: 'broker',
    description: 'What the tag is asked to do.',
    parameters: tagId,
    sends: { command: message('A command', CommandMessage, mqtt.command) },
  },
  owntracks: {
    address: TOPICS.owntracks('{user}/{device}'),
    server: 'broker',
    description: `OwnTracks JSON. The tag's id is \`{user}/{device}\` (${OWNTRACKS_ID_PATTERN}). Other OwnTracks types are ignored.`,
    parameters: { user: { description: 'First part of the tag’s id' }, device: { description: 'Second part' } },
    receives: {
      location: message('A location', OwnTracksLocation, mqtt.location),
      lwt: message('The last will: the app is no longer connected', OwnTracksLwt, mqtt.lwt),
    },
  },
  traccarPositions: {
    address: TOPICS.traccarPositions,
    server: 'broker',
    description: 'Traccar’s forwarded JSON, from a registered forwarder. The tag’s id is `device.uniqueId`.',
    receives: { traccarPosition: message('A position and its device', TraccarForward, mqtt.forward) },
  },
  stream: {
    address: socket.STREAM_PATH,
    server: 'gateway',
    description: `WebSocket, subprotocol \`${socket.STREAM_PROTOCOL}\`, bearer token or session cookie. A slow client gets fewer positions,
never fewer incidents; one that cannot keep up at all is told, closed with 1013, and resumes with \`since\`.`,
    receives: {
      subscribe: message('What to send; replaces an earlier subscription', socket.Subscribe, ws.subscribe),
      unsubscribe: message('Send nothing more', socket.Unsubscribe, ws.unsubscribe),
      pong: message('The answer to a ping', socket.Pong, ws.pong),
    },
    sends: {
      hello: message('First message of every connection', socket.Hello, ws.hello),
      snapshot: message('How things are, or what was missed since the cursor', socket.Snapshot, ws.snapshot),
      positions: message('Latest positions, one for each activation that moved on', socket.Positions, ws.positions),
      incident: message('An incident raised or changed', socket.IncidentMessage, ws.incident),
      provisional: message('Critical breaches that could not yet be recorded', Provisional, ws.provisional),
      system: message('How well the system itself sees, at least every 10 s', socket.System, ws.system),
      ping: message('Is anybody there?', socket.Ping, ws.ping),
      error: message('What was wrong with the last message', socket.StreamError, ws.error),
    },
  },
}
