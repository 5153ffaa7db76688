import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { readGuide } from './read-guide.js'
import { requestStory } from './request-story.js'

const PACKAGES = ['@brandkit/server-adapter', '@brandkit/core', 'zod', '@electric-sql/pglite', 'pg-boss']

/** The blocks of the page about other runtimes, to the letter, on the newest of each. */
describe.each(['bun', 'deno'])('%s', (runtime) => {
  let project: Project

  beforeAll(async () => {
    project = await createProject()
    await project.install(...PACKAGES, runtime)
    await project.write({ ...readGuide('start/backend').files, ...readGuide('frameworks/runtimes').files })
  })
  afterAll(() => project?.remove())

  it('completes a task with PGlite and pg-boss', async () => {
    const command = readGuide('frameworks/runtimes').commands.find((each) => each.startsWith(`${runtime} `))
    expect(command).toBeDefined()
    const [, ...args] = command!.split(' ')
    const home = join(project.folder, 'home')
    await mkdir(home)
    const origin = await project.serve(runtime, args, { HOME: home, DENO_NO_UPDATE_CHECK: '1' })
    expect(await requestStory(origin)).toContain('Once there was a lighthouse.')
  })
})
