import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { createTaskSessionFromClient, type TaskEnabledSession } from '@modelcontextprotocol/ext-tasks/client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openMcp, refuse } from '../../../proofs/fixtures/open-mcp.js'
import { ada, endless } from '../../../proofs/fixtures/sample-tasks.js'

const REVISION = '2026-07-28'
const EXTENSION = 'io.modelcontextprotocol/tasks'
const clientInfo = { name: 'test', version: '1.0.0' }
const may = { payload: { name: 'May' } }

/** Connects a client of the SDK's second generation. */
async function connect(url: URL, user = 'ada', capabilities: object = { extensions: { [EXTENSION]: {} } }) {
  const client = new Client(clientInfo, { capabilities, versionNegotiation: { mode: 'auto' } })
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers: { 'x-user': user } } }))
  onTestFinished(() => client.close())
  expect(client.getProtocolEra()).toBe('modern')
  return client
}

let ids = 0

/** Sends a request whose answer the client of the SDK would refuse: only the extension knows tasks. */
async function send(url: URL, request: object, user = 'ada') {
  const { method, params } = request as { method: string; params?: { taskId?: string; name?: string } }
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'x-user': user,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': REVISION,
      'mcp-method': method,
      'mcp-name': params?.taskId ?? params?.name ?? '',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: (ids += 1), ...request }),
  })
  const { result, error } = (await response.json()) as { result?: never; error?: never }
  return error === undefined
    ? ({ kind: 'result', result: result as never } as const)
    : ({ kind: 'error', error } as const)
}

async function openSession(url: URL, user = 'ada'): Promise<TaskEnabledSession> {
  const session = createTaskSessionFromClient(await connect(url, user), {
    endpointId: 'test',
    rawDispatch: (request) => send(url, request as object, user),
    v2RequestFraming: { protocolVersion: REVISION, clientInfo, clientCapabilities: {} },
  })
  onTestFinished(() => session.close())
  return session
}

/** Sends a request with the envelope of the extension. */
function call(url: URL, method: string, params: object, user = 'ada') {
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': REVISION,
    'io.modelcontextprotocol/clientInfo': clientInfo,
    'io.modelcontextprotocol/clientCapabilities': { extensions: { [EXTENSION]: {} } },
  }
  return send(url, { method, params: { ...params, _meta: envelope } }, user)
}

async function begin(url: URL): Promise<string> {
  const { result } = (await call(url, 'tools/call', { name: 'MAKE_REPORT', arguments: may })) as {
    result: { taskId: string; resultType: string }
  }
  expect(result).toMatchObject({ resultType: 'task', status: 'working', ttlMs: null })
  return result.taskId
}

describe('a client of the revision 2026-07-28', () => {
  it('that knows no tasks waits for the result, with progress', async () => {
    const { url } = await openMcp()
    const client = await connect(url, 'ada', {})
    const told: number[] = []
    const { structuredContent } = await client.callTool(
      { name: 'MAKE_REPORT', arguments: may },
      { onprogress: ({ progress }) => told.push(progress) },
    )
    expect(structuredContent).toMatchObject({ status: 'completed', result: { reportId: 'r1', pages: 2 } })
    expect(told.at(-1)).toBe(100)
  })

  it('gets a task, and its result when it asks again', async () => {
    const { url } = await openMcp()
    const session = await openSession(url)
    const execution = await session.callTool('MAKE_REPORT', may)
    const { outcome } = await execution.settle()
    expect(outcome).toMatchObject({
      status: 'completed',
      result: { structuredContent: { status: 'completed', result: { reportId: 'r1', pages: 2 } } },
    })
  })

  it('is told the message of a task that failed', async () => {
    const { url } = await openMcp({ generator: refuse })
    const taskId = await begin(url)
    await vi.waitFor(async () =>
      expect(await call(url, 'tasks/get', { taskId })).toMatchObject({
        result: {
          resultType: 'complete',
          status: 'failed',
          error: { code: -32_603, message: 'The brand has no products yet.', data: { code: 'generator_refused' } },
        },
      }),
    )
  })

  it('cancels a task, and may answer what no task has asked', async () => {
    const { url, server } = await openMcp({ generator: endless })
    const taskId = await begin(url)
    expect(await call(url, 'tasks/update', { taskId, inputResponses: {} })).toMatchObject({ kind: 'result' })
    expect(await call(url, 'tasks/cancel', { taskId })).toMatchObject({ kind: 'result' })
    expect((await server.as(ada).getStatus(taskId)).status).toBe('cancelled')
    expect(await call(url, 'tasks/get', { taskId })).toMatchObject({ result: { status: 'cancelled' } })
  })

  it('reads no task of another user, and none that there is not', async () => {
    const { url } = await openMcp({ generator: endless })
    const taskId = await begin(url)
    for (const method of ['tasks/get', 'tasks/cancel', 'tasks/update']) {
      const answers = [await call(url, method, { taskId }, 'linus'), await call(url, method, { taskId: 'nonsense' })]
      for (const answer of answers) {
        expect(answer).toMatchObject({ error: { code: -32_602, data: { code: 'task_not_found' } } })
      }
    }
    expect(await call(url, 'tasks/result', { taskId })).toMatchObject({ error: { code: -32_601 } })
  })

  it('gets a refusal as a result that a model can read', async () => {
    const { url } = await openMcp()
    expect(await call(url, 'tools/call', { name: 'MAKE_REPORT', arguments: {} })).toMatchObject({
      result: { resultType: 'complete', isError: true },
    })
  })
})
