import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { firstTask, runFirstTask } from './first-task.js'

const PACKAGES = [
  '@brandkit/client',
  '@brandkit/core',
  '@brandkit/server-adapter',
  'zod',
  '@electric-sql/pglite',
  'pg-boss',
]

/** The lowest that the packages name, and the newest of each line. */
describe.each(['22.12.0', '22', '24', '26'])('Node %s', (version) => {
  let project: Project

  beforeAll(async () => {
    project = await createProject()
    await project.install(...PACKAGES, `node@${version}`)
    for (const drivers of ['memory', 'laptop'] as const) {
      await project.write({
        [`${drivers}-import.mjs`]: firstTask({ drivers, modules: 'import' }),
        [`${drivers}-require.cjs`]: firstTask({ drivers, modules: 'require' }),
      })
    }
  })
  afterAll(() => project?.remove())

  it.each(['memory-import.mjs', 'memory-require.cjs', 'laptop-import.mjs', 'laptop-require.cjs'])(
    'completes a task of an own type: %s',
    async (file) => {
      expect(await runFirstTask(project, file, { node: './node_modules/node/bin/node' })).toEqual({
        status: 'completed',
        result: { greeting: 'Hello Ada' },
        node: expect.stringMatching(new RegExp(`^v${version.replaceAll('.', '\\.')}(\\.|$)`)),
      })
    },
  )
})
