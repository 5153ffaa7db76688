import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, type LogEntry } from '@brandkit/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createReport, makeReport, sampleOptions, statusOf } from '../proofs/fixtures/sample-tasks.js'
import { createTaskServer, type TaskServer } from './create-task-server.js'
import { laptopDrivers } from './laptop-drivers.js'
import { memoryQueue, memoryStore } from './memory.js'
import { pgBossQueue } from './queue/pg-boss/pg-boss-queue.js'
import { postgresStore } from './store/postgres/postgres-store.js'

const folders: string[] = []
const servers: TaskServer[] = []

/** A project whose name no database URL could hold. */
function enterProject(): string {
  const project = mkdtempSync(join(tmpdir(), "it's 100 % @home "))
  folders.push(project)
  vi.spyOn(process, 'cwd').mockReturnValue(project)
  return project
}

function openServer(options: object = {}): TaskServer {
  const server = createTaskServer({ ...sampleOptions(makeReport), store: undefined, queue: undefined, ...options })
  servers.push(server)
  return server
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

describe('a server that names neither store nor queue', () => {
  it('keeps its tasks in a folder of the project, and says so in one line', async () => {
    const project = enterProject()
    const entries: LogEntry[] = []
    const server = openServer({ logger: createLogger({ sink: (entry) => entries.push(entry) }) })
    await server.start()
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))

    const folder = join(project, '.brandkit', 'tasks')
    const lines = entries.map(({ message }) => message).filter((message) => message.includes(folder))
    expect(lines).toEqual([
      `Tasks are kept by PGlite in ${folder} and delivered by pg-boss, because createTaskServer has no store and no queue. For production pass store: postgresStore(process.env.DATABASE_URL) from '@brandkit/server-adapter/postgres', and queue: pgBossQueue() from '@brandkit/server-adapter/pg-boss'.`,
    ])
    expect(readFileSync(join(project, '.brandkit', '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('says at once what its drivers say later', () => {
    const project = enterProject()
    const { store, queue } = laptopDrivers()
    const named = postgresStore(join('.brandkit', 'tasks'))
    expect(queue).toMatchObject({ name: pgBossQueue().name, capabilities: pgBossQueue().capabilities })
    expect(named).toMatchObject({ name: store.name, capabilities: store.capabilities })
    expect(store.place).toBe(join(project, '.brandkit', 'tasks'))
    expect(Object.keys(named).filter((member) => !(member in store))).toEqual([])
    expect(Object.keys(pgBossQueue()).filter((member) => !(member in queue))).toEqual([])
  })

  it('is refused in production, with what to write instead', () => {
    vi.stubEnv('NODE_ENV', 'production')
    expect(() => openServer()).toThrow(TypeError)
    expect(() => openServer()).toThrow(
      "createTaskServer has no store and no queue. Outside production it keeps tasks in a folder of this machine, but NODE_ENV is production, and such a folder is lost with its machine. Pass store: postgresStore(process.env.DATABASE_URL) from '@brandkit/server-adapter/postgres', and queue: pgBossQueue() from '@brandkit/server-adapter/pg-boss'. If you mean a folder, name it: postgresStore('./data').",
    )
  })
})

describe('a server that names one of store and queue', () => {
  it.each<[missing: string, options: object]>([
    ['queue', { store: memoryStore() }],
    ['store', { queue: memoryQueue() }],
  ])('needs the %s too', (missing, options) => {
    expect(() => openServer(options)).toThrow(`${missing} is undefined; it must be an object.`)
  })
})
