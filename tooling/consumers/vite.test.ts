import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { openStoryPage } from './open-story-page.js'
import { readGuide, withFakeService } from './read-guide.js'

/** What `npm create vite` makes around the files of the guide. */
const TEMPLATE = {
  'index.html': `<!doctype html>
<html lang="en">
  <head><meta charset="UTF-8" /><title>Stories</title></head>
  <body><div id="root"></div><script type="module" src="/src/main.tsx"></script></body>
</html>
`,
  'src/main.tsx': `import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import App from './App.tsx'

createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>)
`,
}

const PACKAGES = [
  ...['react', 'core', 'client', 'server-adapter'].map((name) => `@brandkit/${name}`),
  '@tanstack/react-query',
  'zod',
  'vite',
  '@vitejs/plugin-react',
]

describe.each(['18', '19'])('Vite and React %s', (version) => {
  let project: Project

  beforeAll(async () => {
    project = await createProject()
    await project.install(...PACKAGES, `react@${version}`, `react-dom@${version}`)
    const { files } = readGuide('start/react')
    await project.write({
      ...TEMPLATE,
      ...files,
      'catalog.ts': readGuide('start/backend').files['catalog.ts']!,
    })
  })
  afterAll(() => project?.remove())

  it('is built without a warning', async () => {
    const installed = await project.run('node', ['-p', "require('react-dom/package.json').version"])
    expect(installed).toMatch(new RegExp(`^${version}\\.`))
    const built = await project.run('vite', ['build'])
    expect(built).toContain('built in')
    expect(built).not.toMatch(/warn|\(!\)|"use client"/i)
  })

  it('shows panel, toast and story of the fake server on its page', async () => {
    const app = readGuide('start/react').files['src/App.tsx']!
    await project.write({ 'src/App.tsx': withFakeService(app) })
    await project.run('vite', ['build'])
    const origin = await project.serve('vite', (port) => ['preview', '--port', port, '--strictPort'])
    // A server in the page forgets with the page.
    expect(await openStoryPage(origin, { reload: false })).toEqual([])
  })
})
