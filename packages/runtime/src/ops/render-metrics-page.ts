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
  return `${headOf(service)}\n${renderTable([HEADINGS, ...(await Promise.all(own.map(cellsOf)))])}`
}

const headOf = (service: string) => `# Metrics of ${service}

Written by \`npx vitest run services/${service}/src/metrics-page.test.ts -u\` from what ${service} registers; the same test holds it
against the code. [What all metrics have in common](../metrics.md).
`

const HEADINGS = ['metric', 'type', 'labels', 'meaning']

async function cellsOf(metric: Registered): Promise<readonly string[]> {
  const labels = (metric.labelNames ?? []).map(label => `\`${label}\``).join(', ')
  return [`\`${metric.name}\``, String((await metric.get()).type), labels, metric.help]
}

/** With columns as wide as their widest cell, as the formatter of this repository has them. */
function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const line = (cells: readonly string[], fill = ' ') =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |\n`
  const [head = [], ...rest] = rows
  return [
    line(head),
    line(
      HEADINGS.map(() => ''),
      '-',
    ),
    ...rest.map(row => line(row)),
  ].join('')
}
