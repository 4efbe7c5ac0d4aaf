import { sleep } from '@cordon/runtime'
import type { Direction, NetworkProxy } from '../stack/create-proxy.ts'
import type { Fault, Scene } from './fault.ts'

const CUT_MS = 25_000
const REFUSED_MS = 8_000

interface Way {
  readonly name: string
  readonly title: string
  readonly proxy: (scene: Scene) => NetworkProxy
  /** Of the two stalls, the ones that CI tries too. */
  readonly isQuick: boolean
}

const WAYS: readonly Way[] = [
  { name: 'ingest-broker', title: 'ingest – broker', proxy: ({ stack }) => stack.links.ingestToBroker, isQuick: true },
  {
    name: 'ingest-database',
    title: 'ingest – database',
    proxy: ({ stack }) => stack.links.ingestToDatabase,
    isQuick: false,
  },
  {
    name: 'gateway-broker',
    title: 'gateway – broker',
    proxy: ({ stack }) => stack.links.gatewayToBroker,
    isQuick: false,
  },
  {
    name: 'gateway-database',
    title: 'gateway – database',
    proxy: ({ stack }) => stack.links.gatewayToDatabase,
    isQuick: false,
  },
  { name: 'client-gateway', title: 'client – gateway', proxy: ({ clients }) => clients, isQuick: false },
]

const stalled = ({ name, title, proxy, isQuick }: Way, how: string, directions: readonly Direction[]): Fault => ({
  name: `${how}-${name}`,
  title: `${title}: ${how === 'half' ? 'half-open, nothing comes back' : 'nothing delivered either way'} for 25 s`,
  isQuick: isQuick && how === 'half',
  seconds: CUT_MS / 1_000,
  strike: async scene => {
    proxy(scene).stall(...directions)
    await sleep(CUT_MS)
    proxy(scene).heal()
    return undefined
  },
})

const refused = ({ name, title, proxy }: Way): Fault => ({
  name: `refuse-${name}`,
  title: `${title}: reset, and refused for 8 s`,
  isQuick: false,
  seconds: REFUSED_MS / 1_000,
  strike: async scene => {
    proxy(scene).refuse()
    await sleep(REFUSED_MS)
    proxy(scene).heal()
    return undefined
  },
})

/** The network between two parts, in the ways in which networks fail: silent both ways, silent one way, loud. */
export const CUTS: readonly Fault[] = WAYS.flatMap(way => [
  stalled(way, 'cut', ['up', 'down']),
  stalled(way, 'half', ['down']),
  refused(way),
])
