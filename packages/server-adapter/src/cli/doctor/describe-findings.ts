import type { Terminal } from '../terminal.js'
import type { Finding } from './finding.js'

const TITLES: Record<Finding['part'], string> = {
  packages: 'Packages',
  database: 'Database',
  redis: 'Redis',
  qstash: 'QStash',
  mount: 'Mounts',
}

const SIGNS = {
  ok: { sign: '✓', style: 'green' },
  warning: { sign: '!', style: 'yellow' },
  failed: { sign: '✗', style: 'red' },
  skipped: { sign: '·', style: 'dim' },
} as const satisfies Record<Finding['status'], { sign: string; style: string }>

interface DescribeOptions {
  ok: boolean
  paint: Terminal['paint']
}

/** The findings by part, one a line, and a last line that sums them up. */
export function describeFindings(findings: readonly Finding[], { ok, paint }: DescribeOptions): string {
  const parts = Object.entries(TITLES).flatMap(([part, title]) => {
    const own = findings.filter((finding) => finding.part === part)
    if (own.length === 0) return []
    const lines = own.map(({ status, check, message }) => {
      const { sign, style } = SIGNS[status]
      return `  ${paint(style, sign)} ${check.padEnd(10)} ${status === 'skipped' ? paint('dim', message) : message}`
    })
    return [[paint('bold', title), ...lines].join('\n')]
  })
  return [...parts, paint(ok ? 'green' : 'red', sumUp(findings))].join('\n\n')
}

function sumUp(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  const [failed, warnings] = [count('failed'), count('warning')]
  return [
    failed === 0 ? 'No check failed' : `${failed} failed`,
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
    `${count('ok')} fine`,
    ...(count('skipped') === 0 ? [] : [`${count('skipped')} not checked`]),
  ].join(', ')
}
