import type {
  LiveConfiguration,
  LiveIncidents,
  LivePosition,
  LivePositions,
  LiveProvisional,
  LiveSystem,
  Position,
} from '@cordon/contract'
import type { Live } from '@cordon/live'
import { toLivePosition } from '../sockets/to-live-position.ts'

export interface LocalLive extends Live {
  /** The network's doing: the broker goes away or comes back. */
  setConnected(connected: boolean): void
  readonly configurations: LiveConfiguration[]
  /** Also as a client is told them. */
  publishPositions(message: { readonly items: readonly (LivePosition | Position)[] }): boolean
}

/** The seam without a broker: what is published is heard at once, unless the network is down. */
export function createLocalLive(): LocalLive {
  let isConnected = true
  const stateHandlers = new Set<(connected: boolean) => void>()
  const configurations: LiveConfiguration[] = []
  const [publishPositions, onPositions] = topic<LivePositions>(() => isConnected)
  const [publishIncidents, onIncidents] = topic<LiveIncidents>(() => isConnected)
  const [publishConfiguration, onConfiguration] = topic<LiveConfiguration>(() => isConnected)
  const [publishSystem, onSystem] = topic<LiveSystem>(() => isConnected)
  const [publishProvisional, onProvisional] = topic<LiveProvisional>(() => isConnected)
  return {
    publishProvisional,
    onProvisional,
    publishPositions: ({ items }) =>
      publishPositions({ items: items.map(item => ('time' in item ? toLivePosition(item) : item)) }),
    onPositions,
    publishIncidents,
    onIncidents,
    publishConfiguration: message => {
      configurations.push(message)
      return publishConfiguration(message)
    },
    onConfiguration,
    publishSystem,
    onSystem,
    // nobody counts here
    onBroker: () => Promise.resolve(),
    configurations,
    connected: () => isConnected,
    onState: handler => {
      stateHandlers.add(handler)
      return () => stateHandlers.delete(handler)
    },
    setConnected: connected => {
      isConnected = connected
      for (const handler of stateHandlers) handler(connected)
    },
    close: () => Promise.resolve(),
  }
}

type Handler<Message> = (message: Message) => void
type Topic<Message> = [(message: Message) => boolean, (handler: Handler<Message>) => Promise<void>]

function topic<Message>(isConnected: () => boolean): Topic<Message> {
  const handlers: Handler<Message>[] = []
  const publish = (message: Message): boolean => {
    if (!isConnected()) return false
    for (const handler of handlers) handler(message)
    return true
  }
  const on = (handler: Handler<Message>): Promise<void> => {
    handlers.push(handler)
    return Promise.resolve()
  }
  return [publish, on]
}
