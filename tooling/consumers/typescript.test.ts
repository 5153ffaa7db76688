import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { readGuide } from './read-guide.js'

/** The files of both first guides, and doors of every package, against the declarations that are published, libraries included. */
const DOORS = [
  'client',
  'client/websocket',
  'core',
  'react',
  'react/labels/de',
  'react/operations',
  'react/push',
  'react/testing',
  'server-adapter',
  'server-adapter/memory',
  'server-adapter/node',
  'server-adapter/pg-boss',
  'server-adapter/postgres',
  'server-adapter/testing/fake-server',
  'server-adapter/testing/generator-kit',
]

const PACKAGES = [
  '@brandkit/client',
  '@brandkit/core',
  '@brandkit/react',
  '@brandkit/server-adapter',
  'zod',
  '@electric-sql/pglite',
  'pg',
  'pg-boss',
  'react@19',
  'react-dom@19',
  '@tanstack/react-query',
  'vite',
  '@vitejs/plugin-react',
  '@types/node',
  '@types/pg',
  '@types/react',
  '@types/react-dom',
]

const MODULES = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
}

describe.each(['~5.9.0', '~6.0.0', '~7.0.0'])('TypeScript %s', (version) => {
  let project: Project

  beforeAll(async () => {
    project = await createProject()
    await project.install(...PACKAGES, `typescript@${version}`)
    await project.write({
      ...readGuide('start/backend').files,
      ...readGuide('start/react').files,
      'doors.ts': DOORS.map((door, at) => `export * as door${at} from '@brandkit/${door}'\n`).join(''),
      'styles.ts': "import '@brandkit/react/styles.css'\nimport '@brandkit/react/operations.css'\n",
      'wrong.ts': `import { createTaskService } from '@brandkit/client'
        import type {} from './catalog.ts'
        await createTaskService().createBackgroundTask({ type: 'WRITE_STORY', brandId: 'demo', payload: { about: 1 } })`,
    })
  })
  afterAll(() => project?.remove())

  it.each(Object.entries(MODULES))('compiles the guides with %s', async (name, modules) => {
    await writeConfig(name, modules, ['*.ts', 'src'], ['wrong.ts'])
    expect(await project.run('tsc', ['--project', `tsconfig.${name}.json`])).toBe('')
  })

  it.each(Object.entries(MODULES))(
    'refuses a payload that the catalog does not have, with %s',
    async (name, modules) => {
      await writeConfig(name, modules, ['wrong.ts'], [])
      const complaint = project.run('tsc', ['--project', `tsconfig.${name}.json`])
      await expect(complaint).rejects.toThrow(/wrong\.ts.*Type 'number' is not assignable to type 'string'/)
    },
  )

  it('is that version', async () => {
    expect(await project.run('tsc', ['--version'])).toContain(`Version ${version.slice(1, 4)}`)
  })

  const writeConfig = (name: string, modules: object, include: string[], exclude: string[]) =>
    project.write({
      [`tsconfig.${name}.json`]: JSON.stringify({
        compilerOptions: {
          ...modules,
          target: 'es2023',
          lib: ['es2023', 'dom', 'dom.iterable'],
          jsx: 'react-jsx',
          // Without `vite/client`, which declares types for every stylesheet.
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true,
          allowImportingTsExtensions: true,
        },
        include,
        exclude,
      }),
    })
})
