import { createLogger, type CreateTask, isTaskError, type LogEntry, type TaskError } from '@brandkit/core'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect } from 'vitest'
import { createTaskService, type TaskService, type TaskServiceOptions } from './task-service.js'

interface Received {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: unknown
}

export const input: CreateTask<'GENERATE_MEDIA_PLAN'> = {
  type: 'GENERATE_MEDIA_PLAN',
  brandId: 'aurora',
  payload: {
    campaignName: 'Spring sale',
    objective: 'awareness',
    budget: 10_000,
    startDate: '2027-03-01',
    weeks: 4,
    channels: ['search'],
    audience: 'Gardeners',
  },
}

export const task = {
  taskId: 'task-1',
  userId: 'ada',
  brandId: 'aurora',
  type: 'GENERATE_MEDIA_PLAN',
  payload: { ...input.payload, currency: 'EUR', notes: '2027-01-01T00:00:00.000Z' },
  status: 'queued',
  progress: 0,
  priority: 'normal',
  queuedAt: '2027-01-01T00:00:00.000Z',
  createdAt: '2027-01-01T00:00:00.000Z',
  updatedAt: '2027-01-01T00:00:00.000Z',
  runAt: '2027-01-01T00:00:00.000Z',
  retryCount: 0,
  maxRetries: 3,
  createdBy: 'ada',
  version: 1,
  title: 'Media plan: Spring sale',
  traceId: '0af7651916cd43dd8448eb211c80319c',
}

export type Answer = (response: ServerResponse, received: Received) => void
export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
export const problem = (code: string, status: number, headers: Record<string, string> = {}) =>
  json(
    { type: 'about:blank', title: 'x', status, detail: `About ${code}.`, code, retryable: false, traceId: 'ab' },
    status,
    headers,
  )
export const html =
  (status: number): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Bad gateway</title>')
  }

/** A real HTTP server for each test of a file. It gives the test's answers and records its requests. */
export function createAnsweringServer() {
  const received: Received[] = []
  const lines: LogEntry[] = []
  let base = ''
  let close: (() => Promise<void>) | undefined
  const state = {
    received,
    lines,
    answer: json({ task }),
    base: () => base,
    close: async () => close?.(),
    open: (options: TaskServiceOptions = {}): TaskService => {
      const logger = createLogger({ sink: (entry) => lines.push(entry) })
      return createTaskService({ url: `${base}/api/jobs`, logger, ...options })
    },
  }

  beforeEach(async () => {
    received.length = 0
    lines.length = 0
    state.answer = json({ task })
    const server = createServer((request, response) => {
      let text = ''
      request.setEncoding('utf8')
      request.on('data', (chunk: string) => (text += chunk))
      request.on('end', () => {
        const { method = '', url = '', headers } = request
        const entry = { method, url: new URL(url, base), headers, body: text && JSON.parse(text) }
        received.push(entry)
        state.answer(response, entry)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    close = () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  })
  afterEach(() => close?.())

  return state
}

/** The TaskError that a promise rejects with; any other outcome fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<TaskError> {
  const error: unknown = await promise.then(
    () => expect.fail('it should have failed'),
    (reason: unknown) => reason,
  )
  if (!isTaskError(error)) throw error
  return error
}
