import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from '@brandkit/tooling/free-port'
import { readCommands } from '@brandkit/tooling/read-fences'
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

  // The page on events shows the command.
  const [watch = ''] = readCommands('docs/guide/events.md')
  const events = startCommand(watch.replace('3000', String(port)), folder)
  await vi.waitFor(() => expect(events.output()).toContain('event: snapshot'), { interval: 200 })
  // The first story may have ended before curl listened, so a second one is watched.
  const { task: watched } = JSON.parse(await runCommand(create, folder)) as Created
  await vi.waitFor(() => expect(events.output()).toMatch(new RegExp(`${watched.taskId}.*in a storm`)), {
    interval: 200,
  })

  await meetErrors(`http://localhost:${port}/api/jobs`, folder)
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
  // On a slow machine the task has ended before a number says that it runs.
  const begun = /^brandkit_task_(running|duration(_seconds)?_count)\{.*\} 1/m
  await vi.waitFor(async () => expect(await metrics()).toMatch(begun), { interval: 200 })

  // Most often it is under way, so its last spans are made while the server stops.
  expect(await server.stop()).toBe(0)
  expect(spans).toEqual(
    expect.arrayContaining(['create WRITE_STORY', 'process WRITE_STORY', 'step chapters', 'settle pglite']),
  )
})

/** Makes mistakes as beginners do, and looks each answer up, as they would, on the page on troubleshooting. */
async function meetErrors(url: string, folder: string): Promise<void> {
  const json = `-H 'content-type: application/json'`
  const story = `"type": "WRITE_STORY", "brandId": "demo"`
  const mistakes = [
    [`'${url}?action=creat'`, 'unknown_action'],
    [`'${url}?action=create' ${json} -d '{ ${story}, "payload": { "topic": "a lighthouse" } }'`, 'invalid_payload'],
    [`'${url}?action=create' ${json} -d '{ ${story}, "payload": {}, "prority": "high" }'`, 'invalid_request'],
    [`'${url}?action=create' -d '{ ${story}, "payload": {} }'`, 'unsupported_media_type'],
    [`'${url}?action=status&taskId=01981f6e-3c5a-7b8e-9f00-5a3b1c2d4e6f'`, 'task_not_found'],
    [`-X DELETE '${url}?action=cancel'`, 'method_not_allowed'],
    [`'${url}?action=stats'`, 'forbidden'],
  ]
  const page = readFileSync(join(import.meta.dirname, '../dist/guide/troubleshooting.html'), 'utf8')
  for (const [request = '', code = ''] of mistakes) {
    const problem = JSON.parse(await runCommand(`curl -s ${request}`, folder)) as Record<string, unknown>
    expect({ request, ...problem }).toMatchObject({
      request,
      code,
      detail: expect.stringMatching(/.{20}/) as string,
    })
    expect(page).toContain(`id="${code}"`)
  }
}
