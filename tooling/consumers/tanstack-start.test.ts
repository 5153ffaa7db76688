import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { openStoryPage } from './open-story-page.js'
import { readGuide } from './read-guide.js'

/** A person who follows the guide of TanStack Start to the letter, in an empty folder. */
describe('TanStack Start', () => {
  const environment = { SESSION_SECRET: 'a secret of the tests, of 32 characters or more' }
  const [install = '', run = ''] = readGuide('frameworks/tanstack-start').commands
  let project: Project
  let built = ''

  beforeAll(async () => {
    project = await createProject()
    await project.run('/bin/sh', ['-e', '-c', install])
    const first = readGuide('start/backend').files
    const next = readGuide('frameworks/next').files
    await project.write({
      'catalog.ts': first['catalog.ts']!,
      'generators.ts': first['generators.ts']!,
      'session.ts': next['session.ts']!,
      'task-server.ts': next['task-server.ts']!,
      ...readGuide('frameworks/tanstack-start').files,
    })
    built = await project.run('vite', ['build'], environment)
  })
  afterAll(() => project?.remove())

  it('is built without a warning, and its files fit their types', async () => {
    expect(built).toContain('built in')
    // The libraries alone have more than the 500 kB that Vite tells of.
    const said = built.replace(/\(!\) Some chunks are larger[^]*?chunkSizeWarningLimit\./, '')
    expect(said).not.toMatch(/warn|\(!\)/i)
    expect(await project.run('tsc', [])).toBe('')
  })

  it.each([run.split('\n').at(-1)!.replace('npx ', ''), 'vite dev'])(
    'shows panel, toast and story on its page, and the story again after a reload: %s',
    async (line) => {
      const [command = '', ...args] = line.split(' ')
      const origin = await project.serve(
        command,
        (port) => (command === 'vite' ? [...args, '--port', port, '--strictPort'] : args),
        environment,
      )
      expect((await fetch(`${origin}/api/jobs?action=list`)).status).toBe(401)
      expect(await openStoryPage(origin)).toEqual([])
    },
  )
})
