import { Gauge, type Registry } from 'prom-client'

/** What a gauge says and where it reads it, at the scrape. */
export type GaugeReading = readonly [help: string, read: () => number]

/** Gauges without labels, by name: read when somebody asks, and never before. */
export function registerGauges(registry: Registry, gauges: Readonly<Record<string, GaugeReading>>): void {
  for (const [name, [help, read]] of Object.entries(gauges)) {
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(read())
      },
    })
  }
}

/** Something that fills up. `limit`: what it never exceeds, so that full can be told from busy. */
export interface MeteredQueue {
  readonly length: () => number
  readonly limit: () => number
}

/** Every queue of a process with its bound, as one pair of gauges. */
export function registerQueues(registry: Registry, queues: Readonly<Record<string, MeteredQueue>>): void {
  const sides = [
    [
      'cordon_queue_length',
      'What waits in a queue now, in its own unit: messages, bytes, activations, clients',
      'length',
    ],
    ['cordon_queue_limit', 'What the queue holds at most, in the same unit', 'limit'],
  ] as const
  for (const [name, help, side] of sides) {
    new Gauge({
      ...{ name, help, labelNames: ['queue'], registers: [registry] },
      collect() {
        for (const [queue, sizes] of Object.entries(queues)) this.set({ queue }, sizes[side]())
      },
    })
  }
}
