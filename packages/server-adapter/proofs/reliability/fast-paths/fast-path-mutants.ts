import { vi } from 'vitest'
import type * as ProgressBehind from '../../../src/runtime/running/progress-behind.js'
import type * as LocalLine from '../../../src/runtime/running/local-line.js'
import type * as LocalStart from '../../../src/runtime/running/local-start.js'
import type * as Turns from '../../../src/runtime/running/turns.js'
import type * as Worker from '../../../src/runtime/running/worker.js'
import type * as TaskCreator from '../../../src/runtime/creating/task-creator.js'
import type { Modules } from './describe-fast-paths.js'

/** The runtime's fast paths without one of their guards, which the tests must detect. */
export interface FastPathMutant {
  name: string
  /** The names of the tests that must fail. */
  breaks: readonly string[]
  /** Replaces some of the runtime's modules. */
  breakIt: () => void
}

const TAKES_TURNS = 'takes turns with the messages of other processes while its own tasks flood in'
const LETS_URGENT_FIRST = 'starts no task of its own before messages of a greater priority'
const SHARES_A_FLOOD = 'shares a flood of its own tasks with an idle process, from the far end, and keeps its own order'

export const FAST_PATH_MUTANTS: readonly FastPathMutant[] = [
  {
    name: 'starts a task that its insert has not claimed',
    breaks: ['starts nothing that the insert has not claimed'],
    breakIt: () =>
      mockReserve((reserve) => (task) => {
        const reservation = reserve(task)
        return (
          reservation && {
            ...reservation,
            start: (created) => reservation.start({ ...created, status: 'processing' }),
          }
        )
      }),
  },
  {
    name: 'starts the task of a replay',
    breaks: ['starts nothing when a create is repeated, whoever runs its task'],
    breakIt: () =>
      mockExport<typeof TaskCreator>('creating/task-creator', ({ createTaskCreator }) => ({
        createTaskCreator: (options) =>
          createTaskCreator({
            ...options,
            store: {
              ...options.store,
              create: async (input) => ({ ...(await options.store.create(input)), replayed: false }),
            },
          }),
      })),
  },
  {
    name: 'forgets at the end what progress it has not written',
    breaks: ['failed', 'queued'].map((status) => `keeps the last progress of an attempt that ends as ${status}`),
    breakIt: () =>
      mockExport<typeof ProgressBehind>('running/progress-behind', (actual) => ({
        ProgressBehind: class extends actual.ProgressBehind {
          override get unwritten() {
            return undefined
          }
        },
      })),
  },
  {
    name: 'starts a task that was cancelled after its insert',
    breaks: ['starts nothing that is cancelled before its turn comes'],
    breakIt: () =>
      mockExport<typeof Worker>('running/worker', ({ createWorker }) => ({
        createWorker: (options) => ({ ...createWorker(options), onChanges: () => {} }),
      })),
  },
  {
    name: 'claims a task in its insert that may run only once',
    breaks: ['claims no task in its insert that may run only once, since a crash after such a claim costs no attempt'],
    breakIt: () => mockReserve((reserve) => (task) => reserve({ ...task, maxRetries: 1 })),
  },
  {
    name: 'offers others the tasks that it starts next itself',
    breaks: [SHARES_A_FLOOD],
    breakIt: () =>
      mockLine((createLine, options) => {
        const { publisher } = options
        const publish: typeof publisher.publish = (deliveries) => publisher.publish(deliveries.toReversed())
        return createLine({ ...options, publisher: { ...publisher, publish } })
      }),
  },
  {
    name: 'starts the far end of its line itself when its own hints come back',
    breaks: [SHARES_A_FLOOD],
    breakIt: () =>
      mockLine((createLine, options) => {
        const line = createLine(options)
        const turnOf: typeof line.turnOf = (taskId) => {
          line.remove(taskId)
          return taskId
        }
        return { ...line, turnOf }
      }),
  },
  {
    name: 'gives every slot to its own tasks first',
    breaks: [TAKES_TURNS, LETS_URGENT_FIRST],
    breakIt: () => mockTurns((turns, slots) => ({ ...turns, mayStart: () => slots.free() > 0 })),
  },
  {
    name: 'takes turns whatever is more urgent',
    breaks: [LETS_URGENT_FIRST],
    breakIt: () =>
      mockTurns((turns) => ({
        ...turns,
        look(limit) {
          const look = turns.look(limit)
          return { ...look, end: (found) => look.end({ ...found, lowestPriority: undefined }) }
        },
      })),
  },
]

/** Modules that `mockExport` has replaced. */
const mocked = new Set<string>()

/** Replaces exports of a module of the runtime. */
function mockExport<Module extends object>(path: string, change: (actual: Module) => Partial<Module>): void {
  const module = `../../../src/runtime/${path}.js`
  mocked.add(module)
  vi.doMock(module, async (original) => {
    const actual = await original<Module>()
    return { ...actual, ...change(actual) }
  })
}

type Reserve = LocalStart.LocalStart['reserve']

function mockReserve(change: (reserve: Reserve) => Reserve): void {
  mockExport<typeof LocalStart>('running/local-start', ({ createLocalStart }) => ({
    createLocalStart(options) {
      const local = createLocalStart(options)
      return { ...local, reserve: change(local.reserve) }
    },
  }))
}

type CreateLine = typeof LocalLine.createLocalLine

function mockLine(change: (createLine: CreateLine, options: Parameters<CreateLine>[0]) => LocalLine.LocalLine): void {
  mockExport<typeof LocalLine>('running/local-line', ({ createLocalLine }) => ({
    createLocalLine: (options) => change(createLocalLine, options),
  }))
}

type CreateTurns = typeof Turns.createTurns

function mockTurns(change: (turns: Turns.Turns, slots: Parameters<CreateTurns>[0]) => Turns.Turns): void {
  mockExport<typeof Turns>('running/turns', ({ createTurns }) => ({
    createTurns: (slots, onRoom) => change(createTurns(slots, onRoom), slots),
  }))
}

/** The sample server made of fresh modules, including those of the mutant. */
export async function fastPathMutant(mutant: FastPathMutant): Promise<Modules> {
  vi.resetModules()
  mutant.breakIt()
  try {
    return await import('../../fixtures/sample-tasks.js')
  } finally {
    for (const module of mocked) vi.doUnmock(module)
    mocked.clear()
  }
}
