import { describe, expect, it } from 'vitest'
import { TASK_DATE_FIELDS, type TaskJson, toBackgroundTask } from './background-task.js'
import { taskJsonSchema } from './background-task.schema.js'

const AT = '2026-11-23T12:00:00.000Z'

const json = {
  taskId: '01939c2e-0000-7000-8000-000000000001',
  userId: 'ada',
  brandId: 'aurora',
  type: 'GENERATE_MEDIA_PLAN',
  payload: { startDate: AT, queuedAt: AT },
  status: 'completed',
  progress: 100,
  steps: [
    { key: 'channels', title: 'Choosing channels', status: 'completed', startedAt: AT, completedAt: AT },
    { key: 'budget', title: 'Splitting the budget', status: 'pending' },
  ],
  priority: 'normal',
  queuedAt: AT,
  startedAt: AT,
  completedAt: AT,
  estimatedCompletion: AT,
  actualDuration: 1_000,
  retryCount: 0,
  maxRetries: 3,
  result: { mediaPlanGroupId: 'g', createdAt: AT },
  createdBy: 'ada',
  createdAt: AT,
  updatedAt: AT,
  version: 7,
  runAt: AT,
  title: 'Media plan: Spring',
  partialResult: { updatedAt: AT },
  traceId: '0af7651916cd43dd8448eb211c80319c',
} as unknown as TaskJson<'GENERATE_MEDIA_PLAN'>

describe('toBackgroundTask', () => {
  it.each(TASK_DATE_FIELDS)('turns %s into a Date', (field) => {
    expect(toBackgroundTask(json)[field]).toEqual(new Date(AT))
  })

  it('turns the times of steps into Dates, and invents none', () => {
    expect(toBackgroundTask(json).steps).toEqual([
      { ...json.steps?.[0], startedAt: new Date(AT), completedAt: new Date(AT) },
      json.steps?.[1],
    ])
  })

  it('shares payload, result and partial result untouched, whatever their fields are called', () => {
    const task = toBackgroundTask(json)
    expect(task.payload).toBe(json.payload)
    expect(task.result).toBe(json.result)
    expect(task.partialResult).toBe(json.partialResult)
  })

  it('leaves absent fields absent', () => {
    const { startedAt: _startedAt, steps: _steps, ...waiting } = json
    const task = toBackgroundTask(waiting as typeof json)
    expect(task).not.toHaveProperty('startedAt')
    expect(task).not.toHaveProperty('steps')
  })

  it('does not change what the cache holds', () => {
    const before = structuredClone(json)
    toBackgroundTask(json)
    expect(json).toEqual(before)
  })
})

describe('taskJsonSchema', () => {
  it('accepts a whole task', () => {
    expect(taskJsonSchema.parse(json)).toEqual(json)
  })

  it('accepts a task of a list, which has no payload', () => {
    const { payload: _payload, ...listed } = json
    expect(taskJsonSchema.safeParse(listed).success).toBe(true)
  })

  it.each([
    ['status', 'paused'],
    ['progress', 101],
    ['progress', -1],
    ['queuedAt', 'yesterday'],
    ['version', 0],
    ['errorCode', 'made_up'],
    ['priority', 'urgent'],
    ['startedAt', undefined],
  ])('refuses %s %o and names the field', (field, value) => {
    const parsed = taskJsonSchema.safeParse({ ...json, [field]: value })
    expect(parsed.error?.issues[0]?.path).toEqual([field])
  })
})
