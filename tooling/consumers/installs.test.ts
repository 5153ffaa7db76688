import { readCommands } from '@brandkit/tooling/read-fences'
import { expect, it, onTestFinished } from 'vitest'
import { createProject } from './create-project.js'

/** This package has no door of its own name. */
const DOORS: Record<string, string> = { '@modelcontextprotocol/ext-tasks': '@modelcontextprotocol/ext-tasks/client' }

/** Pages whose other commands are run in this workspace, where nothing has to be installed. */
it.each([
  'docs/guide/mcp.md',
  'docs/guide/observability.md',
  'packages/client/README.md',
  'packages/react/README.md',
  'packages/react/src/stories/start.mdx',
  'packages/server-adapter/README.md',
])('what %s installs can be imported', async (page) => {
  const project = await createProject()
  onTestFinished(() => project.remove())
  const installs = readCommands(page).filter((command) => command.startsWith('npm i '))
  for (const command of installs) await project.run('/bin/sh', ['-e', '-c', command])

  const names = installs.flatMap((command) => command.split(' ').slice(2)).map((name) => DOORS[name] ?? name)
  expect(names).not.toEqual([])
  const imports = names.map((name) => `console.log('${name}', Object.keys(await import('${name}')).length > 0)`)
  await project.write({ 'import-all.js': imports.join('\n') })
  expect(await project.run('node', ['import-all.js'])).toBe(names.map((name) => `${name} true\n`).join(''))
})
