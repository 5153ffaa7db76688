import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { firstTask, runFirstTask } from './first-task.js'

/** The one consumer of `npm test`: it costs seconds. The others belong to `test:full`. */
let project: Project

beforeAll(async () => {
  project = await createProject()
  await project.install('@brandkit/client', '@brandkit/core', '@brandkit/server-adapter', 'zod')
})
afterAll(() => project?.remove())

it.each([
  ['import', 'first-task.mjs'],
  ['require', 'first-task.cjs'],
] as const)('a stranger completes a task of an own type by %s', async (modules, file) => {
  await project.write({ [file]: firstTask({ drivers: 'memory', modules }) })
  expect(await runFirstTask(project, file)).toMatchObject({ status: 'completed', result: { greeting: 'Hello Ada' } })
})
