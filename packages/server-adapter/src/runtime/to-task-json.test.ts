import { TaskError } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import type { StoredTask } from '../store/task-store.js'
import { toTaskJson, toTaskSummaryJson } from './to-task-json.js'

const AT = '2026-11-30T08:15:00.000Z'

/** A task with every field that a store knows: the compiler asks for a new one here. */
const stored: Required<Omit<StoredTask, 'unreadable'>> = {
  taskId: 't',
  tenantId: 'acme',
  userId: 'ada',
  createdBy: 'grace',
  brandId: 'aurora',
  type: 'REPORT',
  typeVersion: 2,
  payload: { a: 1 },
  title: 'Report',
  tags: ['summer'],
  after: [{ taskId: 't-0', title: 'First' }],
  waitsFor: [{ taskId: 't-0', title: 'First' }],
  awaited: true,
  status: 'failed',
  progress: 50,
  currentStep: 'write',
  steps: [{ key: 'write', title: 'Writing', status: 'failed', startedAt: AT }],
  priority: 'normal',
  rings: 1,
  attempt: 3,
  epoch: 4,
  version: 5,
  maxRetries: 2,
  traceId: '0af7651916cd43dd8448eb211c80319c',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  batchId: 'b',
  retryOf: 'r',
  keysOf: 'k',
  createdAt: AT,
  updatedAt: AT,
  queuedAt: AT,
  runAt: AT,
  startedAt: AT,
  completedAt: '2026-11-30T08:15:02.500Z',
  lastError: 'It broke.',
  errorCode: 'internal_error',
  result: null,
  partialResult: { b: 2 },
  usage: [
    { model: 'small', currency: 'EUR', inputTokens: 1_000, outputTokens: 200, costMicros: 12_345 },
    { model: '', currency: '', inputTokens: 10, outputTokens: 0, costMicros: 0 },
  ],
  tier: 'premium',
  waitingFor: { provider: 'openai', until: AT, tokens: 900 },
  purgedAt: AT,
  textCursor: '1.5',
  text: { from: 0, append: 'Hello' },
  cancelledBy: 'grace',
  textPieces: [{ at: 0, until: 5, epoch: 1, piece: 'Hello' }],
}

function without<T extends object, K extends keyof T>(whole: T, ...fields: K[]): Omit<T, K> {
  const rest = { ...whole }
  for (const field of fields) delete rest[field]
  return rest
}

describe('a stored task, as its owner sees it', () => {
  const shown = without(
    stored,
    'tenantId',
    'epoch',
    'typeVersion',
    'attempt',
    'rings',
    'purgedAt',
    'traceparent',
    'keysOf',
    'after',
    'awaited',
    'tier',
    'text',
    'textPieces',
  )
  const usage = [
    { model: 'small', inputTokens: 1_000, outputTokens: 200, cost: 0.012345, currency: 'EUR' },
    { inputTokens: 10, outputTokens: 0 },
  ]

  const waitingFor = { provider: 'openai', until: AT }

  it('has every field but those of the runtime', () => {
    expect(toTaskJson(stored)).toStrictEqual({ ...shown, usage, waitingFor, retryCount: 2, actualDuration: 2_500 })
  })

  it('has no content as the row of a list', () => {
    expect(toTaskSummaryJson(stored)).toStrictEqual({
      ...without(shown, 'payload', 'result', 'partialResult'),
      usage,
      waitingFor,
      retryCount: 2,
      actualDuration: 2_500,
      isSummary: true,
    })
  })

  it('is a summary when its content cannot be decrypted', () => {
    const unreadable = new TaskError('content_unreadable', 'No.')
    expect(toTaskJson({ ...stored, unreadable })).toStrictEqual(toTaskSummaryJson(stored))
  })

  it('lacks what the task lacks', () => {
    const json = toTaskJson(without(stored, 'payload', 'result', 'startedAt', 'lastError'))
    for (const field of ['payload', 'result', 'startedAt', 'actualDuration', 'lastError'])
      expect(json).not.toHaveProperty(field)
  })
})
