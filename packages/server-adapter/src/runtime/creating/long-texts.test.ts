import { createLogger, FatalTaskError, type LogEntry } from '@brandkit/core'
import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../../memory.js'
import { postgresStore } from '../../store/postgres/postgres-store.js'
import { createMigratedPglite } from '../../../proofs/fixtures/create-pglite.js'
import { followEvents } from '../../testing/follow-events.js'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { call, createReport, statusOf } from '../../../proofs/fixtures/sample-tasks.js'

let pglite: PGlite
beforeAll(async () => {
  pglite = await createMigratedPglite()
})
afterAll(() => pglite.close())

const { started } = keepSampleServers()

describe('a message of 5 MB', () => {
  it.each([
    ['memory', () => memoryStore()],
    ['PGlite', () => postgresStore({ pglite })],
  ])('makes neither a list heavy nor a snapshot lose the task, and stands in the log once (%s)', async (_, open) => {
    const entries: LogEntry[] = []
    const server = await started(
      () => {
        throw new FatalTaskError(`The model said: ${'é'.repeat(5_000_000)} The end.`)
      },
      { store: open(), logger: createLogger({ sink: (entry) => void entries.push(entry) }) },
    )
    const taskId = await createReport(server)
    const { lastError } = await vi.waitUntil(async () => {
      const task = await statusOf(server, taskId)
      return task.status === 'failed' ? task : null
    })
    expect(lastError).toMatch(/^The model said: é{1000,1024}… \(cut\)$/)

    const { body } = await call(server, 'GET', 'action=list')
    expect(JSON.stringify(body).length).toBeLessThan(10_000)
    const events = followEvents(
      await server.handler(new Request('http://app.test/api/jobs?action=events', { headers: { 'x-user': 'ada' } })),
    )
    await vi.waitFor(() => expect(events.view.get(taskId)).toMatchObject({ lastError }))
    await events.close()
    expect(entries.filter(({ message }) => message.includes('The end.'))).toHaveLength(1)
  })
})
