import { startPostgres, type TestPostgres } from '@brandkit/tooling/postgres'
import { startRedis, type TestRedis } from '@brandkit/tooling/redis'
import { satisfies } from 'semver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { firstTask, runFirstTask } from './first-task.js'
import { doorsOf, type Edge, EDGES, type Peer, peersAt } from './peers-at.js'
import { readGuide } from './read-guide.js'
import { requestStory } from './request-story.js'
import { SLOW_MACHINE, STORY_TEST } from './tests-of-an-app.js'

/** What is no peer of ours, and has to go with the peers of that age. Vitest 4.0.0 runs no test on a newer Vite 7. */
const BESIDE: Record<Edge, string[]> = {
  lowest: ['@types/react@18', '@types/react-dom@18', 'vite@~7.1.0', '@vitejs/plugin-react@5'],
  newest: ['@types/react@19', '@types/react-dom@19', 'vite', '@vitejs/plugin-react'],
}

const PACKAGES = [
  ...['client', 'core', 'react', 'server-adapter'].map((name) => `@brandkit/${name}`),
  'zod',
  'typescript',
  '@types/node',
  '@types/pg',
  '@types/web-push',
  'jsdom',
  '@testing-library/react',
  '@testing-library/dom',
]

/** Every peer that a package names, in one project: in the lowest version that its range has, or in the newest. */
describe.each(EDGES)('the %s peers', (edge) => {
  let project: Project
  let peers: Peer[]
  let postgres: TestPostgres
  let redis: TestRedis

  beforeAll(async () => {
    ;[project, postgres, redis] = await Promise.all([createProject(), startPostgres(), startRedis()])
    peers = await peersAt(edge, project)
    await project.install(...PACKAGES, ...peers.map(({ name, range }) => `${name}@${range}`), ...BESIDE[edge])
    await project.write({
      ...readGuide('start/backend').files,
      ...readGuide('start/react').files,
      ...readGuide('guide/testing').files,
      ...STORY_TEST,
      ...SLOW_MACHINE,
    })
  })
  afterAll(() => Promise.all([project?.remove(), postgres?.stop(), redis?.stop()]))

  it('are installed, and none is unmet', async () => {
    const names = peers.map(({ name }) => name)
    const tree = JSON.parse(await project.run('npm', ['ls', '--json', ...names])) as {
      problems?: string[]
      dependencies: Record<string, { version: string }>
    }
    expect(tree.problems ?? []).toEqual([])
    const installed = peers.map(({ name }) => `${name} ${tree.dependencies[name]?.version}`)
    const others = peers.filter(({ name, range }) => !satisfies(tree.dependencies[name]?.version ?? '', range))
    expect(others).toEqual([])
    console.log(`${edge}: ${installed.join(', ')}`)
    await project.run('npm', ['ls', '--all'])
  })

  it('have the types that every door of our packages asks for', async () => {
    const doors = doorsOf('types')
    expect(doors).toContain('@brandkit/server-adapter/bullmq')
    await project.write({
      'doors.ts': doors.map((door, at) => `export * as door${at} from '${door}'\n`).join(''),
      'tsconfig.json': JSON.stringify({ compilerOptions: COMPILER_OPTIONS[edge], include: ['*.ts', 'src'] }),
    })
    expect(await project.run('tsc', ['--project', 'tsconfig.json'])).toBe('')
  })

  it('have the names that every door for Node imports', async () => {
    const doors = doorsOf('node')
    await project.write({
      'doors.mjs': `${doors.map((door) => `await import('${door}')\n`).join('')}console.log('all')\n`,
    })
    expect(await project.run('node', ['doors.mjs'])).toContain('all')
  })

  it('complete a task with PGlite and pg-boss', async () => {
    await project.write({ 'laptop.mjs': firstTask({ drivers: 'laptop', modules: 'import' }) })
    expect(await runFirstTask(project, 'laptop.mjs')).toMatchObject(GREETING)
  })

  it('complete a task with Postgres and BullMQ', async () => {
    await project.write({ 'services.mjs': firstTask({ drivers: 'services', modules: 'import' }) })
    const env = { DATABASE_URL: await postgres.createDatabase(), REDIS_URL: redis.url }
    expect(await runFirstTask(project, 'services.mjs', { env })).toMatchObject(GREETING)
  })

  it('complete a task with Postgres and pg-boss in Fastify', async () => {
    await project.write(readGuide('frameworks/fastify').files)
    const origin = await project.serve('node', ['server.ts'], { DATABASE_URL: await postgres.createDatabase() })
    expect(await requestStory(origin)).toContain('Once there was a lighthouse.')
  })

  it('show a task on a page in jsdom', async () => {
    const report = await project.run('vitest', ['run'], { NO_COLOR: '1' })
    expect(report).toMatch(/Tests +4 passed \(4\)/)
  })
})

const GREETING = { status: 'completed', result: { greeting: 'Hello Ada' } }

const STRICT = {
  module: 'nodenext',
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  jsx: 'react-jsx',
  types: ['node'],
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  allowImportingTsExtensions: true,
}

/** The declarations of Vite 7.1, which those of Vitest import, do not pass the strictest check of optional properties. */
const COMPILER_OPTIONS: Record<Edge, object> = {
  lowest: STRICT,
  newest: { ...STRICT, exactOptionalPropertyTypes: true },
}
