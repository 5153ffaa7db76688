import { describe, expect, it } from 'vitest'
import { runChaos } from './run-chaos.ts'

describe('chaos', () => {
  it('breaks no promise on Postgres and pg-boss', async () => {
    const report = await runChaos({ tasks: 120, faults: 10, seed: 1, queue: 'pg-boss' })
    expect(report.broken).toEqual([])
    expect(report.faults).toMatchObject({ kill: 1, stop: 1, deploy: 1, database: 1 })
    expect(report.faults['dropped replies']).toBeGreaterThan(0)
    expect(report.ends).toMatchObject({ completed: expect.any(Number) as number, failed: expect.any(Number) as number })
    // A lower number would mean that the accidents interrupted no task.
    expect(report.runs).toBeGreaterThan(130)
  }, 180_000)

  it.concurrent('notices when finished steps are forgotten', async () => {
    const { broken } = await runChaos({ tasks: 30, faults: 3, seed: 2, queue: 'pg-boss', without: 'checkpoints' })
    expect(broken.join('\n')).toContain('again after it was kept')
  }, 180_000)

  it.concurrent('notices when an end does not store its notices', async () => {
    const { broken } = await runChaos({ tasks: 30, faults: 1, seed: 3, queue: 'pg-boss', without: 'outbox' })
    expect(broken.join('\n')).toContain('the receiver was not told')
  }, 180_000)
})
