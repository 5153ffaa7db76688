import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { openStoryPage } from './open-story-page.js'
import { readGuide } from './read-guide.js'

/**
 * A person who follows the guide of React Router to the letter, in an empty folder. Its packages ask each other for exactly
 * one version, so it is named.
 */
describe.each(['7.18.4', '8.4.0'])('React Router %s', (version) => {
  const environment = { SESSION_SECRET: 'a secret of the tests' }
  let project: Project
  let built = ''

  beforeAll(async () => {
    project = await createProject()
    const { files, commands } = readGuide('frameworks/react-router')
    const [install = ''] = commands
    await project.run('/bin/sh', ['-e', '-c', withVersion(install, version)])
    const first = readGuide('start/backend').files
    await project.write({ 'catalog.ts': first['catalog.ts']!, 'generators.ts': first['generators.ts']!, ...files })
    built = await project.run('react-router', ['build'], environment)
  })
  afterAll(() => project?.remove())

  it('is built without a warning, and its files fit their types', async () => {
    const installed = await project.run('node', ['-p', "require('react-router/package.json').version"])
    expect(installed.trim()).toBe(version)
    expect(built).toContain('built in')
    // Version 7 announces version 8.
    expect(built.replaceAll('Future Flag Warning', '')).not.toMatch(/warn|\(!\)/i)
    expect(await project.run('tsc', [])).toBe('')
  })

  it.each(['react-router-serve ./build/server/index.js', 'react-router dev'])(
    'shows panel, toast and story on its page, and the story again after a reload: %s',
    async (line) => {
      const [command = '', ...args] = line.split(' ')
      const origin = await project.serve(
        command,
        (port) => (args.includes('dev') ? [...args, '--port', port, '--strictPort'] : args),
        environment,
      )
      expect((await fetch(`${origin}/api/jobs?action=list`)).status).toBe(401)
      const complaints = await openStoryPage(origin)
      expect(complaints.filter((text) => !OF_VITE.test(text))).toEqual([])
    },
  )
})

/** On a first visit Vite's server finds more packages to prepare, and tells the page to load again. */
const OF_VITE = /Outdated Optimize Dep|dynamically imported module: .*@react-router\/dev/

const withVersion = (install: string, version: string) =>
  install
    .replace('react-router ', `react-router@${version} `)
    .replaceAll(/@react-router\/\w+/g, (name) => `${name}@${version}`)
