import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '@brandkit/tooling/free-port'
import { readFences } from '@brandkit/tooling/read-fences'
import { expect, it, onTestFinished, vi } from 'vitest'

// Inside the package, so that its files find what an app has installed.
const folder = join(import.meta.dirname, '../../../.snippets/mcp')

it('the page about MCP does what it says, on the server of the first task', async () => {
  const port = await freePort()
  const here = (text: string) => text.replaceAll('3000', String(port))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const fences = readFences('docs/guide/mcp.md')
  for (const { language, file, source } of [...readFences('docs/start/backend.md'), ...fences]) {
    if (language !== 'ts' || file === undefined) continue
    // The story is written at once here.
    writeFileSync(join(folder, file), here(source).replaceAll(/wait\([\d_]+/g, 'wait(20'))
  }

  const server = fork(join(folder, 'server.ts'), [], { cwd: folder, execArgv: [], stdio: 'ignore' })
  const ended = once(server, 'exit')
  onTestFinished(async () => {
    server.kill('SIGKILL')
    await ended
  })
  const run = promisify(execFile)
  const command = here(fences.find(({ source }) => source.startsWith('curl '))?.source ?? '')
  const listed = await vi.waitFor(async () => (await run('bash', ['-c', command])).stdout, { interval: 200 })
  expect(listed).toContain('"name":"WRITE_STORY"')
  expect(listed).toContain('Writes a short story in three chapters.')

  const asked = await run(process.execPath, [join(folder, 'ask.ts')])
  expect(asked.stdout).toContain('Once there was a lighthouse.')
  expect(asked.stdout).toContain("status: 'completed'")
})
