import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { readGuide } from './read-guide.js'

/**
 * A person who follows the first guide to the letter, in an empty folder. It prints how long that took, and fails only if a
 * step fails: the time is that of the machine and of its network.
 */
describe('the first task: the server', () => {
  let project: Project
  beforeAll(async () => {
    project = await createProject()
  })
  afterAll(() => project?.remove())

  it('ends with a story, by what the page says and nothing else', async () => {
    const { files, commands } = readGuide('start/backend')
    const began = performance.now()
    const [install = '', , ask = ''] = commands
    expect(install).toContain('npm i @brandkit/server-adapter')
    await project.run('/bin/sh', ['-e', '-c', install])
    const installed = performance.now()

    await project.write(files)
    const origin = await project.serve('node', ['server.ts'])
    const answer = await project.run('/bin/sh', ['-c', ask.replace('http://localhost:3000', origin)])
    const { task } = JSON.parse(answer) as { task: { taskId: string } }
    await vi.waitFor(
      async () => {
        const response = await fetch(`${origin}/api/jobs?action=status&taskId=${task.taskId}`)
        expect(await response.json()).toMatchObject({
          task: { status: 'completed', result: { story: expect.stringContaining('Once there was a lighthouse.') } },
        })
      },
      { timeout: 120_000, interval: 250 },
    )
    const done = performance.now()
    const times = `npm ${seconds(installed - began)}, server and task ${seconds(done - installed)}`
    console.log(`docs/start/backend.md: ${seconds(done - began)} (${times}).`)
  })
})

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
