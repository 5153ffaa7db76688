import type { TaskJson } from '@brandkit/core'
import { describe, expect, it, vi } from 'vitest'
import { held, may, openMcp, refuse } from '../../../proofs/fixtures/open-mcp.js'
import { ada, endless } from '../../../proofs/fixtures/sample-tasks.js'
import { toMcp } from './mcp.js'

const answer = () => Promise.reject(new Error('Not asked.'))

describe('MCP tools', () => {
  it('are the types that have a generator, with the schemas of the catalog', async () => {
    const { connect } = await openMcp({ mcp: { name: 'studio', version: '1.2.3', instructions: 'Be brief.' } })
    const client = await connect()
    const { tools } = await client.listTools()

    expect(client.getServerVersion()).toMatchObject({ name: 'studio', version: '1.2.3' })
    expect(client.getInstructions()).toBe('Be brief.')
    expect(tools.map(({ name }) => name)).toEqual(['MAKE_REPORT', 'get_task', 'cancel_task'])
    expect(tools[0]).toMatchObject({
      title: 'Make report',
      description: 'Make report, as a background task that may take minutes. Steps: Drafting, Printing.',
      execution: { taskSupport: 'optional' },
      inputSchema: {
        type: 'object',
        properties: {
          brandId: { type: 'string', enum: ['aurora'] },
          payload: {
            properties: { name: { type: 'string', maxLength: 100 }, pages: { type: 'integer', default: 2 } },
            required: ['name'],
            additionalProperties: false,
          },
        },
        required: ['payload'],
      },
      outputSchema: {
        properties: {
          status: { enum: ['working', 'completed', 'failed', 'cancelled'] },
          result: { properties: { reportId: { type: 'string' }, pages: { type: 'integer' } } },
        },
      },
    })
  })

  it('name the brands of the caller, who must choose among several', async () => {
    const { connect } = await openMcp({ mcp: { descriptions: { MAKE_REPORT: 'Writes the monthly report.' } } })
    const { tools } = await (await connect('linus')).listTools()
    expect(tools[0]).toMatchObject({
      description: 'Writes the monthly report.',
      inputSchema: { properties: { brandId: { enum: ['aurora', 'borealis'] } }, required: ['brandId', 'payload'] },
    })
  })

  it.each<[message: string, options: object]>([
    ['There is no generator for "UNSERVED" of `types`. There is one for: MAKE_REPORT.', { types: ['UNSERVED'] }],
    ['There is a description for "X", which is no tool. Tools: MAKE_REPORT.', { descriptions: { X: 'x' } }],
    ['There is no option toMcp.wait. Did you mean waitMs?', { wait: 5 }],
  ])('are refused at once: %s', (message, options) => {
    const mounting = { catalog: {}, types: ['MAKE_REPORT'], retentionMs: 0, answer }
    expect(() => toMcp({ mounting }, options)).toThrow(message)
  })

  it('cannot be of a type whose name no model may call', () => {
    for (const type of ['make a report', 'get_task']) {
      expect(() => toMcp({ mounting: { catalog: {}, types: [type], retentionMs: 0, answer } })).toThrow(
        `The task type "${type}" cannot be the name of an MCP tool`,
      )
    }
  })
})

describe('a tool that is called without a task', () => {
  it('gives its result, and tells of progress meanwhile', async () => {
    const { generator, release } = held()
    const { connect } = await openMcp({ generator })
    const client = await connect()
    await client.listTools()
    const told: unknown[] = []
    const result = await client.callTool(may, undefined, {
      onprogress(progress) {
        told.push(progress)
        if (progress.progress > 0) release()
      },
    })

    expect(result.structuredContent).toMatchObject({
      title: 'Report: May',
      status: 'completed',
      progress: 100,
      result: { reportId: 'r1', pages: 1 },
    })
    expect(JSON.parse((result.content as { text: string }[])[0]?.text ?? '')).toEqual(result.structuredContent)
    expect(told).toContainEqual(expect.objectContaining({ progress: 25, total: 100 }))
    expect(told.at(-1)).toMatchObject({ progress: 100 })
  })

  it('says how to get the result later when it takes too long', async () => {
    const { generator, release } = held()
    const { connect } = await openMcp({ generator, mcp: { waitMs: 50 } })
    const client = await connect()
    await client.listTools()
    const first = await client.callTool(may)
    const { taskId } = first.structuredContent as TaskJson

    expect(first.structuredContent).toMatchObject({ status: 'working' })
    expect(first.isError).toBeUndefined()
    expect((first.content as { text: string }[])[0]?.text).toContain(
      `The task goes on without this call. To get its result, call get_task with {"taskId":"${taskId}"}.`,
    )
    release()
    await vi.waitFor(async () => {
      const later = await client.callTool({ name: 'get_task', arguments: { taskId } })
      expect(later.structuredContent).toMatchObject({ taskId, status: 'completed', result: { reportId: 'r1' } })
    })
  })

  it('can be cancelled by a tool', async () => {
    const { connect } = await openMcp({ generator: endless, mcp: { waitMs: 10 } })
    const client = await connect()
    const { structuredContent } = await client.callTool(may)
    const { taskId } = structuredContent as TaskJson
    const cancelled = await client.callTool({ name: 'cancel_task', arguments: { taskId } })
    expect(cancelled).toMatchObject({ structuredContent: { taskId, status: 'cancelled' } })
    expect(cancelled.isError).toBeUndefined()
  })

  it('tells a model what is wrong with its input', async () => {
    const { connect } = await openMcp()
    const client = await connect()
    const answers = await Promise.all([
      client.callTool({ name: 'MAKE_REPORT', arguments: { payload: { name: '' } } }),
      client.callTool({ name: 'MAKE_REPORT', arguments: { name: 'May' } }),
      client.callTool({ name: 'MAKE_REPORT', arguments: { brandId: 'borealis', payload: { name: 'May' } } }),
      client.callTool({ name: 'get_task', arguments: { taskId: 'nonsense' } }),
    ])
    expect(answers.map(({ isError, content }) => [isError, (content as { text: string }[])[0]?.text])).toEqual([
      [true, expect.stringContaining('name: Too small')],
      [
        true,
        'The tool MAKE_REPORT takes `brandId` and `payload`, and no `name`. Put what the task needs into `payload`.',
      ],
      [true, expect.stringContaining('brand')],
      [true, 'There is no such task. It may belong to another account.'],
    ])
    expect(answers[0]?.['_meta']).toMatchObject({
      'brandkit.dev/problem': { code: 'invalid_payload', status: 422, issues: [{ path: ['payload', 'name'] }] },
    })
  })

  it('gives the message of a task that failed', async () => {
    const { connect } = await openMcp({ generator: refuse })
    expect(await (await connect()).callTool(may)).toMatchObject({
      isError: true,
      content: [{ type: 'text', text: 'The brand has no products yet.' }],
      structuredContent: { status: 'failed', errorCode: 'generator_refused' },
    })
  })

  it('creates once for one idempotency key', async () => {
    const { url, server } = await openMcp()
    const post = () =>
      fetch(url, {
        method: 'POST',
        headers: {
          'x-user': 'ada',
          'idempotency-key': 'order-1',
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: may }),
      }).then((response) => response.text())
    expect(await post()).toContain('completed')
    await post()
    expect((await server.as(ada).list()).tasks).toHaveLength(1)
  })
})
