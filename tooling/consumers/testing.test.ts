import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { readGuide } from './read-guide.js'
import { SLOW_MACHINE, STORY_TEST } from './tests-of-an-app.js'

const { files, commands } = readGuide('guide/testing')
const app = readGuide('start/react').files
const PAGE_TEST = 'shows the story that its button asks for'

/** A person who has followed both first guides, and follows the page about tests to the letter. */
describe('the guide of tests', () => {
  let project: Project
  const testing = commands.find((command) => !command.startsWith('npm i'))
  const runTests = () => project.run('/bin/sh', ['-e', '-c', `${testing} --reporter=verbose`], { NO_COLOR: '1' })

  beforeAll(async () => {
    project = await createProject()
    const installs = [...readGuide('start/react').commands, ...commands].filter((command) =>
      command.startsWith('npm i '),
    )
    // What the template of Vite brings: https://github.com/vitejs/vite/tree/main/packages/create-vite/template-react-ts
    for (const install of ['npm i react react-dom vite @vitejs/plugin-react', ...installs])
      await project.run('/bin/sh', ['-e', '-c', install])
    await project.write({
      'catalog.ts': readGuide('start/backend').files['catalog.ts']!,
      ...app,
      ...files,
      ...STORY_TEST,
      ...SLOW_MACHINE,
    })
  })
  afterAll(() => project?.remove())

  it('passes, and its report names each test', async () => {
    const report = await runTests()
    for (const name of [
      'prints again what could not be printed, and gathers once',
      'lists what is under way',
      PAGE_TEST,
      'shows the failed task',
    ])
      expect(report).toMatch(new RegExp(`✓ .+ > ${name}`))
    expect(report).toMatch(/Tests +4 passed \(4\)/)
    // React complains about updates that the test does not wait for.
    expect(report).not.toMatch(/act\(|warn/i)
  })

  it('fails with a page that does not show its story', async () => {
    const page = app['src/StoryPage.tsx']!
    await project.write({
      'src/StoryPage.tsx': page.replace('{latest.result.story}', 'A story.'),
      'slow-machine.ts': SLOW_MACHINE['slow-machine.ts']!.replace('60_000', '15_000'),
    })
    await expect(runTests()).rejects.toThrow(
      new RegExp(`× .+ > ${PAGE_TEST}[^]+Unable to find an element with the text: Once there was a lighthouse`),
    )
  })
})
