import { LIMITS } from '../limits.ts'
import { CHANNELS, type Channel, type Message } from './channels.ts'
import { createComponents, type Json, type JsonObject } from './components.ts'

const DESCRIPTION = `What tags publish over MQTT and what people's programs hear over a WebSocket. Payloads are JSON in UTF-8. Unknown fields
are ignored, and \`null\` for an optional field is the same as no field. An item that lacks a required field, or holds an impossible
value, is refused alone, with the field and the reason, and kept in quarantine. A message has at most ${LIMITS.messageBytes} bytes.`

const SERVERS: JsonObject = {
  broker: {
    host: 'localhost:1883',
    protocol: 'mqtt',
    description: 'MQTT broker; 8883 with TLS. A tag signs in with the credentials shown when it was registered.',
    security: [{ $ref: '#/components/securitySchemes/tag' }],
  },
  gateway: {
    host: 'localhost:8080',
    protocol: 'ws',
    description: 'Gateway; `wss` behind TLS.',
    security: [{ $ref: '#/components/securitySchemes/bearer' }, { $ref: '#/components/securitySchemes/session' }],
  },
}

const SECURITY: JsonObject = {
  tag: { type: 'userPassword', description: 'MQTT username and password of a tag or forwarder' },
  bearer: { type: 'http', scheme: 'bearer', description: 'API token of a machine client' },
  session: { type: 'httpApiKey', in: 'cookie', name: 'cordon_session', description: 'set by the sign-in page' },
}

/** The MQTT and WebSocket interfaces as an AsyncAPI 3.0 document, made from the schemas that the services check against. */
export function asyncApiDocument(): JsonObject {
  const components = createComponents('draft-07')
  const channels = Object.entries(CHANNELS)
  const messages = channels.flatMap(([, channel]) => messagesOf(channel))
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Cordon MQTT and WebSocket interfaces',
      version: '1.0.0',
      description: DESCRIPTION,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: SERVERS,
    channels: Object.fromEntries(channels.map(([name, channel]) => [name, channelOf(channel)])),
    operations: Object.fromEntries(channels.flatMap(([name, channel]) => operationsOf(name, channel))),
    components: {
      messages: Object.fromEntries(
        messages.map(([name, { summary, payload, example }]) => [
          name,
          { name, summary, payload: components.refer(payload), examples: [{ name, payload: example as Json }] },
        ]),
      ),
      schemas: components.schemas(),
      securitySchemes: SECURITY,
    },
  }
}

const messagesOf = ({ receives = {}, sends = {} }: Channel): [string, Message][] =>
  Object.entries({ ...receives, ...sends })

function channelOf(channel: Channel): JsonObject {
  const { address, server, description, parameters } = channel
  const refer = ([name]: [string, Message]) => [name, { $ref: `#/components/messages/${name}` }] as const
  return {
    address,
    description,
    servers: [{ $ref: `#/servers/${server}` }],
    ...(parameters && { parameters }),
    messages: Object.fromEntries(messagesOf(channel).map(refer)),
  }
}

function operationsOf(name: string, { receives, sends, server, isRetained = false }: Channel): [string, JsonObject][] {
  const bindings = server === 'broker' ? { bindings: { mqtt: { qos: 1, retain: isRetained } } } : {}
  const operation = (action: string, messages: object): JsonObject => ({
    action,
    channel: { $ref: `#/channels/${name}` },
    messages: Object.keys(messages).map(one => ({ $ref: `#/channels/${name}/messages/${one}` })),
    ...bindings,
  })
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  return [
    ...(receives ? [[`receive${title}`, operation('receive', receives)] as [string, JsonObject]] : []),
    ...(sends ? [[`send${title}`, operation('send', sends)] as [string, JsonObject]] : []),
  ]
}
