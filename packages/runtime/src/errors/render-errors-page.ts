import { type CatalogueEntry, errorCatalogue } from './error-catalogue.ts'

const HEAD = `# Errors

Every failure that Cordon reports has a stable code. Over HTTP it comes as an RFC 9457 problem document
(\`application/problem+json\`) with the code in \`code\`, what happened in \`detail\`, and the faulty field in \`field\`.
In the log it is \`err.code\`. A code keeps its meaning for good.

This page is generated from \`packages/runtime/src/errors/error-catalogue.ts\` and a test holds it against it.
After a change there: \`npx vitest run packages/runtime -u\`.
`

/** The whole of docs/errors.md, codes in alphabetical order. */
export function renderErrorsPage(): string {
  const entries: [string, CatalogueEntry][] = Object.entries(errorCatalogue)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return [HEAD, ...entries.map(([code, entry]) => renderEntry(code, entry))].join('\n')
}

function renderEntry(code: string, { title, whatToDo, httpStatus }: CatalogueEntry): string {
  const status = httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`
  return `## ${code}\n\n**${title}**${status}. ${whatToDo}\n`
}
