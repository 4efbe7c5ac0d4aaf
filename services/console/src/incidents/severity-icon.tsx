import type { Severity } from '@cordon/contract'
import { severityRank } from './queue-order.ts'
import './severity.css'
import { severityWords } from './words.ts'

const outlines: Readonly<Record<Severity, string>> = {
  critical: 'M10 1.2 19.2 18H.8Z',
  serious: 'M10 .6 19.4 10 10 19.4.6 10Z',
  warning: 'M5.2 1.6h9.6L19.6 10l-4.8 8.4H5.2L.4 10Z',
  message: 'M2 2h16v16H2Z',
}

/** Severity as shape, number and colour at once; the word stands beside it or is read out. */
export function SeverityIcon({ severity }: { readonly severity: Severity }) {
  return (
    <svg className={`severity-icon severity-${severity}`} viewBox="0 0 20 20" aria-hidden="true">
      <title>{severityWords[severity]}</title>
      <path d={outlines[severity]} />
      <text x="10" y={severity === 'critical' ? 15.6 : 13.8}>
        {severityRank[severity]}
      </text>
    </svg>
  )
}
