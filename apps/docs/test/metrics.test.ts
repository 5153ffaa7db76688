import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createTaskMetrics } from '../../../packages/server-adapter/src/runtime/task-metrics.ts'
import { root } from '../build/repository.ts'

const read = (path: string) => readFileSync(join(root, 'docs', path), 'utf8')
const NAME = /\b(?:brandkit_[a-z_]+(?:\(_seconds\)\?\w+)?|error_type\b)/g

const dashboard = JSON.parse(read('observability/grafana-dashboard.json')) as {
  panels: { title: string; targets: { expr: string }[] }[]
}
const alerts = parse(read('observability/prometheus-alerts.yaml')) as {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[]
}
const rules = alerts.groups.flatMap((group) => group.rules)
const expressions = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ of: title, expr }))),
  ...rules.map(({ alert, expr }) => ({ of: alert, expr })),
]

/** What Prometheus gets from a server in which everything has happened once. */
let exported = ''

beforeAll(async () => {
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const provider = new MeterProvider({ readers: [exporter] })
  const metrics = createTaskMetrics(provider.getMeter('test'), async () => ({ queued: 3 }) as never)
  metrics.running.add(1)
  metrics.leaseLosses.add(1)
  const event = { type: 'WRITE_STORY', durationMs: 1_000, errorCode: 'generator_failed' }
  for (const stage of ['retrying', 'completed', 'failed'] as const) metrics.record({ ...event, stage } as never)
  const { resourceMetrics } = await exporter.collect()
  exported = new PrometheusSerializer().serialize(resourceMetrics)
})

describe('the dashboard and the alerts', () => {
  it('are there', () => {
    expect(dashboard.panels.length).toBeGreaterThan(8)
    expect(rules.length).toBeGreaterThan(4)
  })

  it.each(expressions)('ask only for metrics and labels that are emitted: $of', ({ expr }) => {
    // A name, a pattern of names, or a label.
    const names = [...expr.matchAll(NAME)].map(([name]) => name)
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) expect(exported).toMatch(new RegExp(String.raw`(?:^|[{,])${name}[ {=]`, 'm'))
  })

  it('leave no metric out', () => {
    const emitted = new Set([...exported.matchAll(/^# TYPE (brandkit_\w+) /gm)].map(([, name = '']) => name))
    expect(emitted.size).toBe(5)
    const all = expressions.map(({ expr }) => expr).join('\n')
    for (const name of emitted) expect(all).toContain(name)
  })

  it('are explained on the page on observability', () => {
    const page = read('guide/observability.md')
    for (const { alert } of rules) expect(page).toContain(`\`${alert}\``)
    const emitted = [...exported.matchAll(/^# TYPE (brandkit_\w+) /gm)].map(([, name = '']) => name)
    for (const name of emitted) expect(page).toContain(`\`${name}\``)
  })
})
