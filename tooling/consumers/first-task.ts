import type { Project } from './create-project.js'

/** What a server of `firstTask` is told of store and queue. Nothing: it finds PGlite and pg-boss. */
const DRIVERS = {
  memory: 'store: memoryStore(), queue: memoryQueue(),',
  laptop: '',
  services:
    'store: postgresStore(process.env.DATABASE_URL), queue: bullmqQueue({ connection: process.env.REDIS_URL }),',
}

/**
 * A first task of a person who defines a type of their own: catalog, generator, server and client in one file, which prints the
 * result. `require` makes it CommonJS.
 */
export function firstTask({
  drivers,
  modules,
}: {
  drivers: keyof typeof DRIVERS
  modules: 'import' | 'require'
}): string {
  const from = (names: string, name: string) =>
    modules === 'import' ? `import ${names} from '${name}'` : `const ${names} = require('${name}')`
  return `${from('{ createTaskService }', '@brandkit/client')}
${from('{ defineTask, defineTasks }', '@brandkit/core')}
${from('{ createTaskServer }', '@brandkit/server-adapter')}
${from('{ memoryQueue, memoryStore }', '@brandkit/server-adapter/memory')}
${drivers === 'services' ? from('{ bullmqQueue }', '@brandkit/server-adapter/bullmq') : ''}
${drivers === 'services' ? from('{ postgresStore }', '@brandkit/server-adapter/postgres') : ''}
${from('{ z }', 'zod')}

const catalog = defineTasks({
  GREET: defineTask({
    title: ({ payload }) => 'Greeting for ' + payload.name,
    payload: z.object({ name: z.string() }),
    steps: { words: { title: 'Finding words', output: z.string() } },
    result: z.object({ greeting: z.string() }),
  }),
})

async function main() {
  const server = createTaskServer({
    catalog,
    ${DRIVERS[drivers]}
    authenticate: () => ({ userId: 'ada', brandIds: '*' }),
    generators: { GREET: async ({ payload, step }) => ({ greeting: await step('words', () => 'Hello ' + payload.name) }) },
  })
  await server.start()
  const tasks = createTaskService({
    url: 'http://app.test/api/jobs',
    fetch: (input, init) => server.handler(new Request(input, init)),
  })
  const { taskId } = await tasks.createBackgroundTask({ type: 'GREET', brandId: 'demo', payload: { name: 'Ada' } })
  const task = await tasks.waitForTask(taskId)
  await server.stop()
  console.log(JSON.stringify({ status: task.status, result: task.result, node: process.version }))
}

main()
`
}

/**
 * Runs a file of `firstTask`.
 *
 * @param node the path of a Node. Default: the one of this machine
 * @returns what the file printed last
 */
export async function runFirstTask(
  project: Project,
  file: string,
  { node = 'node', env }: { node?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<unknown> {
  const lines = (await project.run(node, [file], env)).split('\n')
  return JSON.parse(lines.findLast((line) => line.startsWith('{')) ?? 'null') as unknown
}
