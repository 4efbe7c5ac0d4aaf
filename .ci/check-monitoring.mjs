// node .ci/check-monitoring.mjs QUERIES: alert rules and dashboard against this tree. Every metric they name is one that a process
// has (docs/metrics, which tests hold against the code); every alert says what it means and what to do, and has a test in which it
// fires and one in which it does not; the dashboard is one that Grafana takes. Its queries are written to QUERIES as rules, for promtool.
import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { parse } from 'yaml'

const [queriesFile] = process.argv.slice(2)
if (queriesFile === undefined) throw new Error('usage: node .ci/check-monitoring.mjs QUERIES')

const FOLDER = 'deploy/monitoring'
/** Prometheus' own, and those that prom-client gives every Node process. */
const OF_OTHERS =
  /^(up|ALERTS|process_(cpu_seconds_total|resident_memory_bytes)|nodejs_(eventloop_lag_(max|p99)_seconds|gc_duration_seconds))$/
const faults = []

const pages = ['ingest', 'gateway'].map(service => readFileSync(`docs/metrics/${service}.md`, 'utf8')).join('\n')
const known = new Set([...pages.matchAll(/^\| `(cordon_\w+)`/gm)].map(([, name]) => name))
if (known.size < 30) throw new Error(`only ${known.size} metrics were found: are the pages still where they were?`)

function checkNames(where, expression) {
  const plain = expression.replace(/"[^"]*"/g, '')
  for (const name of plain.match(/\b(?:cordon|nodejs|process)_\w+|\bup\b/g) ?? []) {
    const base = name.replace(/_(bucket|sum|count)$/, '')
    const isKnown = [name, base].some(each => known.has(each) || OF_OTHERS.test(each))
    if (!isKnown) faults.push(`${where}: no process has ${name}`)
  }
}

function checkRules() {
  const alerts = parse(readFileSync(`${FOLDER}/cordon-rules.yml`, 'utf8')).groups.flatMap(({ rules }) => rules)
  const { tests } = parse(readFileSync(`${FOLDER}/cordon-rules.test.yml`, 'utf8'))
  const tried = tests.flatMap(({ promql_expr_test }) => promql_expr_test)
  for (const { alert, expr, labels, annotations } of alerts) {
    checkNames(alert, expr)
    if (!['page', 'ticket'].includes(labels?.severity)) faults.push(`${alert}: its severity is none`)
    for (const part of ['summary', 'meaning', 'action']) {
      if (!annotations?.[part]) faults.push(`${alert}: it has no ${part}`)
      for (const [other] of annotations?.[part]?.matchAll(/\bCordon[A-Z]\w+/g) ?? [])
        if (!alerts.some(each => each.alert === other)) faults.push(`${alert}: there is no alert ${other}`)
    }
    const own = tried.filter(each => each.expr.includes(`"${alert}"`))
    if (!own.some(({ exp_samples }) => exp_samples.length > 0)) faults.push(`${alert}: no test in which it fires`)
    if (!own.some(({ exp_samples }) => exp_samples.length === 0)) faults.push(`${alert}: no test in which it is quiet`)
  }
  return alerts.length
}

/** What Grafana needs of a dashboard's JSON to draw it, and what this one promises: a description and queries for each panel. */
const TARGET = {
  type: 'object',
  required: ['refId', 'expr', 'datasource'],
  properties: { refId: { type: 'string', pattern: '^[A-Z]$' }, expr: { type: 'string', minLength: 1 } },
}
const PANEL = {
  type: 'object',
  required: ['type', 'title', 'id', 'gridPos'],
  properties: {
    type: { enum: ['row', 'timeseries', 'stat'] },
    title: { type: 'string', minLength: 1 },
    id: { type: 'integer', minimum: 1 },
    gridPos: {
      type: 'object',
      required: ['x', 'y', 'w', 'h'],
      properties: { x: { minimum: 0 }, w: { minimum: 1, maximum: 24 }, h: { minimum: 1 }, y: { minimum: 0 } },
    },
    targets: { type: 'array', minItems: 1, items: TARGET },
    fieldConfig: { type: 'object', required: ['defaults', 'overrides'] },
  },
  if: { properties: { type: { not: { const: 'row' } } } },
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  then: { required: ['description', 'datasource', 'targets', 'fieldConfig', 'options'] },
}
const DASHBOARD = {
  type: 'object',
  required: ['uid', 'title', 'schemaVersion', 'panels', 'time', 'templating', 'annotations'],
  properties: {
    uid: { type: 'string', maxLength: 40 },
    schemaVersion: { type: 'integer', minimum: 36 },
    panels: { type: 'array', minItems: 1, items: PANEL },
  },
}

const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

function checkDashboard() {
  const dashboard = JSON.parse(readFileSync(`${FOLDER}/grafana/cordon.json`, 'utf8'))
  const validate = new Ajv({ strict: false, allErrors: true }).compile(DASHBOARD)
  if (!validate(dashboard))
    for (const { instancePath, message } of validate.errors) faults.push(`dashboard ${instancePath}: ${message}`)
  const { panels } = dashboard
  if (new Set(panels.map(({ id }) => id)).size < panels.length) faults.push('dashboard: two panels have the same id')
  for (const [index, { title, gridPos }] of panels.entries()) {
    if (gridPos.x + gridPos.w > 24) faults.push(`${title}: it does not fit`)
    const under = panels.slice(index + 1).find(other => overlap(gridPos, other.gridPos))
    if (under !== undefined) faults.push(`${title}: it lies on ${under.title}`)
  }
  const provisioned = parse(readFileSync(`${FOLDER}/grafana/provisioning/datasources/prometheus.yml`, 'utf8'))
  const uids = new Set(provisioned.datasources.map(({ uid }) => uid))
  const targets = panels.flatMap(({ title, targets = [] }) => targets.map(target => ({ title, ...target })))
  for (const { title, expr, datasource } of targets) {
    checkNames(title, expr)
    if (!uids.has(datasource.uid)) faults.push(`${title}: no data source ${datasource.uid} is provisioned`)
  }
  return targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m'))
}

const alerts = checkRules()
const queries = checkDashboard()
const rules = queries.map((expr, index) => ({ record: `dashboard:query:${index}`, expr }))
writeFileSync(queriesFile, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }))
for (const fault of faults) console.error(fault)
console.log(`monitoring: ${alerts} alerts, ${queries.length} queries of the dashboard, ${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
