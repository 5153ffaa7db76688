import { brandTasks, createLogger, isTerminal, type TaskSummaryJson } from '@brandkit/core'
import { createTaskServer } from '@brandkit/server-adapter'
import { memoryQueue } from '@brandkit/server-adapter/memory'
import { postgresStore } from '@brandkit/server-adapter/postgres'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { moveToPast, seedWeek } from './seed-week.ts'
import { planWeek } from './plan-week.ts'

const NOW = Date.parse('2027-03-05T16:20:00Z')
const WEEK = 7 * 24 * 3_600_000

describe('the plan of a week', () => {
  const plan = planWeek({ now: NOW, tasks: 300 })

  it('has all tasks in order, in the seven days before now', () => {
    expect(plan).toHaveLength(300)
    const times = plan.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(0)).toBeGreaterThan(NOW - WEEK)
    expect(times.at(-1)).toBeLessThan(NOW)
  })

  it('has every ending, and an afternoon in which most went wrong', () => {
    expect([...new Set(plan.map(({ ending }) => ending))].toSorted()).toEqual([
      'completed',
      'failed',
      'over budget',
      'recovered',
      'retried',
      'stopped',
      'withdrawn',
      'worn out',
    ])
    const from = Date.parse('2027-03-02T13:00:00Z')
    const incident = plan.filter(({ at }) => at >= from && at < from + 2 * 3_600_000)
    const smooth = incident.filter(({ ending }) => ending === 'completed')
    expect(incident.length).toBeGreaterThan(5)
    expect(smooth.length).toBeLessThan(incident.length / 2)
  })

  it('is the same again', () => {
    expect(planWeek({ now: NOW, tasks: 300 })).toEqual(plan)
  })
})

describe('a seeded database', () => {
  it('holds the week with its times, as if it had been lived', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'brandkit-seed-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const logger = createLogger({ level: 'silent' })
    const past = await seedWeek({ store: postgresStore(folder), logger, tasks: 50, now: NOW })
    await moveToPast(folder, past)

    const tasks = await readAll(folder)
    expect(tasks).toHaveLength(past.length)
    expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(['completed', 'failed', 'cancelled']))
    expect(tasks.map(({ createdAt }) => Date.parse(createdAt))).toEqual(
      past.map(({ at }) => at).toSorted((a, b) => b - a),
    )
    for (const task of tasks) expect(timesOf(task)).toEqual(timesOf(task).toSorted())
    expect(tasks.some(({ retryOf }) => retryOf !== undefined)).toBe(true)
    expect(tasks.some(({ errorCode }) => errorCode === 'budget_exhausted')).toBe(true)
    expect(tasks.every(({ status, usage }) => status !== 'completed' || usage !== undefined)).toBe(true)
  })
})

async function readAll(folder: string): Promise<TaskSummaryJson[]> {
  const server = createTaskServer({
    catalog: brandTasks,
    store: postgresStore(folder),
    queue: memoryQueue(),
    authenticate: () => null,
    authorize: () => 'tenant',
    generators: {},
    logLevel: 'silent',
  })
  onTestFinished(() => server.stop())
  const pages = ['aurora', 'borealis'].map(async (tenantId) => {
    const wire = server.as({ tenantId, userId: 'reader', brandIds: '*' })
    const { tasks, nextCursor } = await wire.list({ limit: 100 })
    expect(nextCursor ?? null).toBeNull()
    return tasks
  })
  const tasks = (await Promise.all(pages)).flat()
  expect(tasks.every(({ status }) => isTerminal(status))).toBe(true)
  return tasks.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
}

/** All times of a task in the order in which they must come. */
function timesOf({ createdAt, startedAt, steps = [], completedAt }: TaskSummaryJson): string[] {
  const ofSteps = steps.flatMap((step) => [step.startedAt, step.completedAt])
  return [createdAt, startedAt, ...ofSteps, completedAt].filter((time) => time !== undefined)
}
