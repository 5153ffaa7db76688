import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { readGuide } from './read-guide.js'
import { requestStory } from './request-story.js'

/** Each page, and the line that installs an older version, if the page speaks of one. */
const MOUNTS = [
  { page: 'express' },
  { page: 'fastify' },
  { page: 'hono' },
  { page: 'node' },
  { page: 'express', instead: 'npm i express@4' },
]

/** A server that waits for a stream of events to end would wait for ever. */
const END_MS = 180_000

/**
 * A person who follows the page of a framework to the letter: in the folder of the first task, what its commands install, and
 * its files. It is one folder for all, because the first task's packages take the most time.
 */
describe('in the folder of the first task', () => {
  let project: Project

  beforeAll(async () => {
    project = await createProject()
    const [install = ''] = readGuide('start/backend').commands
    await project.run('/bin/sh', ['-e', '-c', install])
    await project.write(readGuide('start/backend').files)
  })
  afterAll(() => project?.remove())

  describe.each(MOUNTS)('the guide of $page, $instead', ({ page, instead }) => {
    const { files, commands } = readGuide(`frameworks/${page}`)

    beforeAll(async () => {
      for (const install of instead ? [instead] : commands) await project.run('/bin/sh', ['-e', '-c', install])
      await project.write(files)
    })

    const servers = Object.keys(files).filter((file) => files[file]?.includes('process.env.PORT'))
    it.each(servers)('completes a task: %s', async (file) => {
      const origin = await project.serve('node', [file])
      expect(await requestStory(origin)).toContain('Once there was a lighthouse.')
    })

    it(
      'serves the app beside it, and ends at SIGTERM while a page listens',
      async () => {
        const server = await project.start('node', ['server.ts'])
        expect(await (await fetch(server.origin)).text()).toBe('My app')
        const events = await fetch(`${server.origin}/api/jobs?action=events`)
        expect(events.status).toBe(200)
        const [code] = await Promise.all([server.end('SIGTERM'), events.text()])
        expect(code).toBe(0)
      },
      END_MS,
    )
  })
})
