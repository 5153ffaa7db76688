import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { CallToolResultSchema, CreateTaskResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { held, may, openMcp, refuse } from '../../../proofs/fixtures/open-mcp.js'
import { ada, endless, linus } from '../../../proofs/fixtures/sample-tasks.js'

const asTask = { task: { ttl: 60_000 } }
const ANY = z.looseObject({})

/** Calls the tool as a task and gives the task's id. */
async function begin(client: Client, input: object = may.arguments): Promise<string> {
  const params = { ...may, arguments: input, ...asTask }
  const { task } = await client.request({ method: 'tools/call', params }, CreateTaskResultSchema)
  return task.taskId
}

describe('a tool that is called as a task', () => {
  it('gives the task at once, is read while it works, and gives its result at the end', async () => {
    const { generator, release } = held()
    const { connect } = await openMcp({ generator })
    const client = await connect()
    await client.listTools()
    const { tasks } = client.experimental
    const seen: string[] = []
    let created: unknown
    let final: unknown
    for await (const message of tasks.callToolStream(may, undefined, asTask)) {
      seen.push(message.type === 'taskStatus' ? message.task.status : message.type)
      if (message.type === 'taskCreated') {
        created = message.task
        release()
      }
      if (message.type === 'result') final = message.result
    }
    expect(created).toMatchObject({ status: 'working', ttl: null, pollInterval: 1_000 })
    expect(seen.at(0)).toBe('taskCreated')
    expect(seen.slice(-2)).toEqual(['completed', 'result'])
    expect(final).toMatchObject({ structuredContent: { status: 'completed', result: { reportId: 'r1', pages: 1 } } })

    const [listed] = (await tasks.listTasks()).tasks
    expect(listed).toMatchObject({ status: 'completed' })
    // The result is kept for thirty days after the end.
    expect(listed?.ttl).toBeGreaterThanOrEqual(30 * 86_400_000)
    expect(listed).toEqual(expect.not.objectContaining({ pollInterval: expect.anything() as number }))
  })

  it('waits in tasks/result for the end', async () => {
    const { generator, release } = held()
    const { connect } = await openMcp({ generator })
    const client = await connect()
    const { tasks } = client.experimental
    const taskId = await begin(client)
    const result = tasks.getTaskResult(taskId, CallToolResultSchema)
    await vi.waitFor(async () =>
      expect(await tasks.getTask(taskId)).toMatchObject({ status: 'working', statusMessage: '25 %: Drafting' }),
    )
    release()
    expect(await result).toMatchObject({
      structuredContent: { result: { reportId: 'r1' } },
      _meta: { 'io.modelcontextprotocol/related-task': { taskId } },
    })
  })

  it('is cancelled once', async () => {
    const { connect, server } = await openMcp({ generator: endless })
    const client = await connect()
    const { tasks } = client.experimental
    const taskId = await begin(client)
    expect(await tasks.cancelTask(taskId)).toMatchObject({ taskId, status: 'cancelled' })
    expect((await server.as(ada).getStatus(taskId)).status).toBe('cancelled')
    await expect(tasks.cancelTask(taskId)).rejects.toMatchObject({ code: -32_602, data: { code: 'task_is_over' } })
    expect(await tasks.getTaskResult(taskId, CallToolResultSchema)).toMatchObject({
      isError: true,
      structuredContent: { status: 'cancelled' },
    })
  })

  it('fails with the message of its generator', async () => {
    const { connect } = await openMcp({ generator: refuse })
    const client = await connect()
    const { tasks } = client.experimental
    const taskId = await begin(client)
    expect(await tasks.getTaskResult(taskId, CallToolResultSchema)).toMatchObject({ isError: true })
    expect(await tasks.getTask(taskId)).toMatchObject({
      status: 'failed',
      statusMessage: 'The brand has no products yet.',
    })
  })

  it('is refused by a JSON-RPC error that carries the problem document', async () => {
    const { connect } = await openMcp({ options: { limits: { activePerUser: 1 } }, generator: endless })
    const client = await connect()
    await begin(client)
    await expect(begin(client)).rejects.toMatchObject({ code: -32_603, data: { code: 'too_many_active_tasks' } })
    await expect(begin(client, { payload: { name: '' } })).rejects.toMatchObject({
      code: -32_602,
      data: { code: 'invalid_payload', issues: [{ path: ['payload', 'name'] }] },
    })
  })

  it.each(['get_task', 'cancel_task'])('cannot be %s', async (name) => {
    const { connect } = await openMcp()
    const client = await connect()
    const call = client.request({ method: 'tools/call', params: { name, arguments: {}, ...asTask } }, ANY)
    await expect(call).rejects.toMatchObject({ code: -32_601 })
  })
})

describe('a server that stops', () => {
  it('ends the wait for a result, and says where the result will be', async () => {
    const { connect, server } = await openMcp({ generator: endless })
    const client = await connect()
    const called = client.callTool(may)
    const taskId = await begin(client)
    const asked = client.experimental.tasks.getTaskResult(taskId, CallToolResultSchema)
    const refused = asked.catch((error: unknown) => error)
    await vi.waitFor(async () => expect((await server.stats()).processing).toBe(2))
    await server.stop()
    expect(await refused).toMatchObject({ code: -32_603, data: { code: 'shutting_down' } })
    expect(await called).toMatchObject({ structuredContent: { status: 'working' } })
  })
})

describe('another user', () => {
  it('finds no task of Ada, and cannot cancel it', async () => {
    const { connect, server } = await openMcp({ generator: endless })
    const taskId = await begin(await connect())
    const { tasks } = (await connect('linus')).experimental
    for (const attempt of [
      tasks.getTask(taskId),
      tasks.getTaskResult(taskId, CallToolResultSchema),
      tasks.cancelTask(taskId),
    ]) {
      await expect(attempt).rejects.toMatchObject({
        code: -32_602,
        message: expect.stringContaining('There is no such task. It may belong to another account.') as string,
        data: { code: 'task_not_found', status: 404 },
      })
    }
    expect((await tasks.listTasks()).tasks).toEqual([])
    expect((await server.as(linus).list()).tasks).toEqual([])
    expect((await server.as(ada).getStatus(taskId)).status).not.toBe('cancelled')
  })
})
