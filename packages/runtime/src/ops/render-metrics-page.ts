import type { Registry } from 'prom-client'

/** As a registry keeps it; `labelNames` is there for every metric, whatever its class. */
interface Registered {
  readonly name: string
  readonly help: string
  readonly labelNames?: readonly string[]
  get(): Promise<{ readonly type: unknown }>
}

/** A page of every metric of one process that is Cordon's own, in the order of their names, for docs/metrics. */
export async function renderMetricsPage(service: string, registry: Registry): Promise<string> {
  const registered = registry.getMetricsAsArray() as unknown as readonly Registered[]
  const own = registered.filter(({ name }) => name.startsWith('cordon_')).sort((a, b) => (a.name < b.name ? -1 : 1))
  const lines = await Promise.all(own.map(renderLine))
  return `${headOf(service)}\n${lines.join('\n')}\n`
}

const headOf = (service: string) => `# Metrics of ${service}

Written by \`npx vitest run services/${service}/src/metrics-page.test.ts -u\` from what ${service} registers; the same test holds it
against the code, and another one against what the running process answers. [What they have in common](../metrics.md).

| metric | type | labels | meaning |
| --- | --- | --- | --- |`

async function renderLine(metric: Registered): Promise<string> {
  const { type } = await metric.get()
  const labels = (metric.labelNames ?? []).map(label => `\`${label}\``).join(', ')
  return `| \`${metric.name}\` | ${String(type)} | ${labels} | ${metric.help} |`
}
