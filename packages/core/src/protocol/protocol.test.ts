import type * as z from 'zod'
import { describe, expect, it } from 'vitest'
import { PROTOCOL } from './messages.schema.js'

const TYPE = 'GENERATE_MEDIA_PLAN'
const newTask = { type: TYPE, brandId: 'aurora', payload: {} }
const times = <T>(count: number, entry: T) => Array.from({ length: count }, () => entry)
const ids = (count: number) => Array.from({ length: count }, (_, index) => `task-${index}`).join(',')
const long = 'x'.repeat(201)

const accepted: Record<string, [z.ZodType, unknown[]]> = {
  create: [
    PROTOCOL.create.request,
    [
      newTask,
      { ...newTask, priority: 'high', maxRetries: 0, runAt: '2026-11-23T12:00:00+01:00' },
      { tasks: [newTask] },
      { tasks: times(100, newTask) },
    ],
  ],
  status: [
    PROTOCOL.status.request,
    [
      { taskId: 'a' },
      { taskId: 'a', wait: '25' },
      { taskIds: 'a' },
      { taskIds: ids(100), wait: '0.5' },
      { batchId: 'b' },
    ],
  ],
  cancel: [
    PROTOCOL.cancel.request,
    [{ taskId: 'a' }, { taskId: 'x'.repeat(200) }, { taskIds: times(100, 'a') }, { batchId: 'b' }],
  ],
  retry: [PROTOCOL.retry.request, [{ taskId: 'a' }]],
  events: [PROTOCOL.events.request, [{}, { batchId: 'b' }]],
  delete: [PROTOCOL.delete.request, [{ taskId: 'a' }]],
  list: [
    PROTOCOL.list.request,
    [{}, { status: 'queued,processing' }, { limit: '100' }, { endedAfter: '2026-11-23T12:00:00Z', cursor: 'abc' }],
  ],
  process: [PROTOCOL.process.request, [{ taskId: 'a' }, { tick: true }]],
}

const refused: Record<string, [z.ZodType, unknown[]]> = {
  create: [
    PROTOCOL.create.request,
    [
      null,
      [],
      {},
      { ...newTask, userId: 'grace' },
      { ...newTask, type: '' },
      { ...newTask, brandId: long },
      { ...newTask, priority: 'urgent' },
      { ...newTask, maxRetries: 11 },
      { ...newTask, maxRetries: 1.5 },
      { ...newTask, runAt: 'tomorrow' },
      { tasks: [] },
      { tasks: times(101, newTask) },
      { tasks: [newTask], brandId: 'aurora' },
    ],
  ],
  status: [
    PROTOCOL.status.request,
    [
      {},
      { taskId: '' },
      { taskId: long },
      { taskIds: '' },
      { taskIds: 'a,,b' },
      { taskIds: ids(101) },
      { taskId: 'a', taskIds: 'b' },
      { taskId: 'a', wait: '26' },
      { taskId: 'a', wait: '-1' },
      { taskId: 'a', wait: 'soon' },
      { batchId: '' },
    ],
  ],
  delete: [PROTOCOL.delete.request, [{}, { taskId: '' }, { taskIds: ['a'] }, { taskId: 'a', force: true }]],
  cancel: [
    PROTOCOL.cancel.request,
    [
      {},
      { taskId: 7 },
      { taskId: 'a', userId: 'grace' },
      { taskId: ['a'] },
      { taskIds: [] },
      { taskIds: times(101, 'a') },
    ],
  ],
  retry: [PROTOCOL.retry.request, [{}, { taskId: 'a', payload: {} }]],
  events: [PROTOCOL.events.request, [{ batchId: '' }, { userId: 'grace' }]],
  list: [
    PROTOCOL.list.request,
    [
      { limit: '0' },
      { limit: '-1' },
      { limit: '1e9' },
      { limit: 'NaN' },
      { limit: '1.5' },
      { status: 'paused' },
      { status: '' },
      { tenantId: 'acme' },
      { cursor: 'x'.repeat(501) },
    ],
  ],
  process: [PROTOCOL.process.request, [{}, { tick: false }, { taskId: '' }, { taskId: 'a', tick: true }]],
}

const rows = (table: typeof accepted) =>
  Object.entries(table).flatMap(([action, [schema, requests]]) =>
    requests.map((request) => ({ action, schema, request, shown: JSON.stringify(request).slice(0, 80) })),
  )

describe('the protocol', () => {
  it.each(rows(accepted))('accepts $action $shown', ({ schema, request }) => {
    expect(schema.safeParse(request).error).toBeUndefined()
  })

  it.each(rows(refused))('refuses $action $shown', ({ schema, request }) => {
    expect(schema.safeParse(request).success).toBe(false)
  })

  it('reads each id of a status request once, in order', () => {
    expect(PROTOCOL.status.request.parse({ taskIds: 'b,a,b' })).toEqual({ taskIds: ['b', 'a'] })
  })

  it('lists 50 tasks unless told otherwise', () => {
    expect(PROTOCOL.list.request.parse({})).toEqual({ limit: 50 })
  })

  it('reads a set of statuses', () => {
    expect(PROTOCOL.list.request.parse({ status: 'failed,failed,queued' })).toMatchObject({
      status: ['failed', 'queued'],
    })
  })
})
