import { type TaskStreamEvent, watchTasksSchema } from '@brandkit/core'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { reportInput } from '../testing/endpoint/endpoint-tasks.js'
import { createEndpointServer } from '../testing/endpoint-server.js'
import { describeTaskEndpoint, type OpenEndpoint } from '../testing/endpoint-conformance.js'

const RUNTIMES = {
  bun: ['run'],
  deno: ['run', '--no-check', '--allow-net', '--allow-env', '--allow-read'],
}
type Runtime = keyof typeof RUNTIMES

const root = join(import.meta.dirname, '../..')

/** A process of the runtime, which serves what was built, as an app's does. */
async function openOn(runtime: Runtime): Promise<OpenEndpoint> {
  const child = spawn(
    join(root, 'node_modules/.bin', runtime),
    [...RUNTIMES[runtime], join(root, 'src/reliability/endpoint-process.ts')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const gone = once(child, 'exit')
  const [url] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    gone.then(() => Promise.reject(new Error(`${runtime} has ended before it served.`))),
  ])) as [string]
  return {
    url,
    async close() {
      child.stdin.end()
      await gone
    },
  }
}

describe.each(Object.keys(RUNTIMES) as Runtime[])('%s', (runtime) => {
  describeTaskEndpoint('fetch', { open: () => openOn(runtime), capabilities: ['sockets', 'operations'] })

  describe('over a WebSocket', () => {
    let opened: OpenEndpoint
    beforeAll(async () => {
      opened = await openOn(runtime)
    }, 120_000)
    afterAll(() => opened.close())

    const headers = { authorization: 'Bearer ada', 'content-type': 'application/json' }
    const eventsUrl = () => `${opened.url.replace('http', 'ws')}?action=events`

    it('carries the events of the protocol, each as one JSON text', async () => {
      const socket = new WebSocket(eventsUrl(), { headers })
      const events: TaskStreamEvent[] = []
      socket.addEventListener('message', ({ data }) => {
        events.push(watchTasksSchema.response.parse(JSON.parse(String(data))) as TaskStreamEvent)
      })
      await vi.waitFor(() => expect(events[0]?.event).toBe('snapshot'))
      const body = JSON.stringify(reportInput('completes'))
      const created = await fetch(`${opened.url}?action=create`, { method: 'POST', headers, body })
      const { task } = (await created.json()) as { task: { taskId: string } }
      await vi.waitFor(() => {
        const tasks = events.flatMap(({ data }) => ('tasks' in data ? data.tasks : []))
        expect(tasks).toContainEqual(expect.objectContaining({ taskId: task.taskId, status: 'completed' }))
      })
      socket.close()
    })

    it.each([
      ['a stranger', {}],
      ['a page of another site', { ...headers, origin: 'https://evil.test' }],
    ])('refuses %s', async (_, refused) => {
      const socket = new WebSocket(eventsUrl(), { headers: refused as Record<string, string> })
      let isOpen = false
      socket.addEventListener('open', () => (isOpen = true))
      await once(socket, 'close')
      expect(isOpen).toBe(false)
    })
  })
})

// What Workers are given, too: `server.handler`, a function from Request to Response.
describeTaskEndpoint('fetch', {
  capabilities: ['operations'],
  async open() {
    const server = createEndpointServer()
    await server.start()
    return {
      url: 'https://app.test/api/jobs',
      fetch: (input, init) => server.handler(new Request(input, init)),
      close: () => server.stop(),
    }
  },
})
