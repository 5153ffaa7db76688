import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { freePort } from '@brandkit/tooling/free-port'
import { expect, it, onTestFinished, vi } from 'vitest'
import { pastePages, runCommand, startCommand } from './paste-page.ts'

interface Created {
  task: { taskId: string; status: string; title: string }
}

it('the README of the server does what it says: a file, a command, and a task that curl follows', async () => {
  const port = await freePort()
  const { folder, commands } = pastePages(['packages/server-adapter/README.md'], { 3000: port })
  const [start = '', create = ''] = commands.filter((each) => /^(node|curl) /.test(each))
  const server = startCommand(start, folder)

  // `-w` adds the status that the README names.
  const answer = await vi.waitFor(() => runCommand(`${create} -w '%{http_code}'`, folder), { interval: 200 })
  expect(answer.slice(-3)).toBe('202')
  const { task } = JSON.parse(answer.slice(0, -3)) as Created
  expect(task.title).toBe('Story about a lighthouse')

  const events = startCommand(`curl -sN 'http://localhost:${port}/api/jobs?action=events'`, folder)
  await vi.waitFor(() => expect(events.output()).toContain('Once there was a lighthouse in a storm.'), {
    interval: 200,
  })
  expect(events.output()).toContain(task.taskId)
  expect(server.output()).toContain('Tasks are kept by PGlite')
  expect(await server.stop()).toBe(0)
})

it('the page on observability sends the spans of a task to a collector, and metrics to Prometheus', async () => {
  const [port, prometheus] = [await freePort(), await freePort()]
  const spans: string[] = []
  const take = async (request: IncomingMessage) => {
    for (const [, name = ''] of (await text(request)).matchAll(/"name":"([^"]+)"/g)) spans.push(name)
  }
  const collector = createServer((request, response) => {
    void take(request).then(() => response.setHeader('content-type', 'application/json').end('{}'))
  })
  await once(collector.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void collector.close())

  const { folder, commands } = pastePages(['docs/start/backend.md', 'docs/guide/observability.md'], {
    3000: port,
    9464: prometheus,
    '2_000': 20,
  })
  const server = startCommand('node server.ts', folder, {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
  })
  const create = commands.find((each) => each.includes('action=create')) ?? ''
  expect(commands).toContain('node server.ts')
  await vi.waitFor(() => runCommand(create, folder), { interval: 200 })
  const metrics = () => runCommand(`curl -s http://localhost:${prometheus}/metrics`, folder)
  await vi.waitFor(async () => expect(await metrics()).toMatch(/^brandkit_task_running\{.*\} 1/m), { interval: 200 })

  // It is under way, so its last spans are made while the server stops.
  expect(await server.stop()).toBe(0)
  expect(spans).toEqual(
    expect.arrayContaining(['create WRITE_STORY', 'process WRITE_STORY', 'step chapters', 'settle pglite']),
  )
})
