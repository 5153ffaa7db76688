import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fillPage, toMeasured } from '../build/fill-pages.ts'
import { root } from '../build/repository.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Two tables of a report, with made-up numbers. */
const REPORT = `
### Spaced: two reports, 50 ms apart

|                  | tasks a second | least to most | against the peer | life p50 / p99 | CPU µs a task |
| ---------------- | -------------- | ------------- | ---------------- | -------------- | ------------- |
| Express + BullMQ | 844            | 840 to 850    | 1                | 673 / 2,974 ms | 2,071         |
| ours on Postgres | 2,122          | 2,100 to 2,200 | 2.51 ×          | 197 / 298 ms   | 726           |

## From a click until the work starts

| 120 clicks       | p50    | p99     | longest |
| ---------------- | ------ | ------- | ------- |
| Express + BullMQ | 5.5 ms | 10.4 ms | 12.5 ms |
| ours on Postgres | 3.9 ms | 5.9 ms  | 12.4 ms |
`

describe('the measured table', () => {
  it('takes its numbers from the report', () => {
    const [, , peer, ours] = toMeasured(REPORT).split('\n')
    expect(peer).toBe('| Express + BullMQ | 844 | 1 | 673 / 2,974 ms | 2,071 | 5.5 ms |')
    expect(ours).toBe('| **ours on Postgres** | **2,122** | **2.51 ×** | **197 / 298 ms** | **726** | **3.9 ms** |')
  })

  it('stops the build when the report has no such table', () => {
    expect(() => toMeasured(REPORT.replace('### Spaced', '### Even'))).toThrow('has no table under')
    expect(() => toMeasured(REPORT.replace('CPU µs a task', 'CPU'))).toThrow('has no "CPU µs a task"')
  })

  it('stands on the page on choosing a backend, with every backend', () => {
    const filled = fillPage(read('docs/backends/choosing.md'))
    for (const name of ['Postgres', 'BullMQ (Redis)', 'PGlite']) expect(filled).toMatch(`| **ours on ${name}** |`)
  })
})
