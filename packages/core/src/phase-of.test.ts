import { describe, expect, it } from 'vitest'
import { phaseOf } from './phase-of.js'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const earlier = '2026-11-23T11:59:59Z'
const later = '2026-11-23T12:00:01Z'

describe('phaseOf', () => {
  it.each([
    ['scheduled', { status: 'queued', runAt: later }],
    ['waiting', { status: 'queued', runAt: earlier }],
    ['waiting', { status: 'queued', runAt: new Date(NOW) }],
    ['retrying', { status: 'queued', runAt: later, startedAt: earlier }],
    ['retrying', { status: 'queued', runAt: earlier, startedAt: new Date(NOW) }],
    ['running', { status: 'processing', runAt: earlier, startedAt: earlier }],
    ['throttled', { status: 'queued', runAt: later, startedAt: earlier, waitingFor: { until: later } }],
    ['throttled', { status: 'processing', runAt: earlier, waitingFor: { until: new Date(NOW + 1) } }],
    ['running', { status: 'processing', runAt: earlier, waitingFor: { until: new Date(NOW) } }],
    ['waiting-for-task', { status: 'queued', runAt: later, waitsFor: [{}] }],
    ['retrying', { status: 'queued', runAt: earlier, startedAt: earlier, waitsFor: [{}] }],
    ['cancelled', { status: 'cancelled', runAt: later, waitingFor: { until: later } }],
    ['completed', { status: 'completed', runAt: later, startedAt: earlier }],
    ['failed', { status: 'failed', runAt: later }],
    ['cancelled', { status: 'cancelled', runAt: later, startedAt: earlier }],
  ] as const)('is %s for %o', (phase, task) => {
    expect(phaseOf(task, NOW)).toBe(phase)
  })
})
