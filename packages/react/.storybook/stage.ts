import type { TaskJson } from '@brandkit/core'
import type { TaskContextValue } from '../src/provider/task-context.js'
import { rememberVisit } from '../src/testing/remember-visit.js'
import { SCENARIO_TIME } from '../src/testing/scenario-time.js'
import type { TaskScenario } from '../src/testing/task-scenario.js'
import { createFakeTaskServer, type FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

/** The server of one story, and the controls that a play function has over it. */
export interface Stage {
  readonly server: FakeTaskServer
  /** Starts again with a new server, which has these tasks and no others. */
  reset(tasks: TaskJson[]): void
  /** Actions that the server leaves without an answer, or refuses. */
  faults: Partial<Record<string, 'hangs' | 'refuses'>>
  /** The services of the story's provider, once it has rendered. */
  readonly context: TaskContextValue | undefined
  enter(context: TaskContextValue): void
  /** Changes a task on the server and makes the page poll at once, although its clock stands still. */
  change(taskId: string, fields: Partial<TaskJson>): void
}

const stages = new Map<string, Stage>()

/** Sets up a stage for a story, and replaces an earlier stage of the same story. */
export function setStage(storyId: string, scenario: TaskScenario): Stage {
  // Tasks that an earlier run of the story dismissed must appear again, and those that it kept must not.
  for (const name of ['dismissed', 'outbox']) localStorage.removeItem(`brandkit:${name}:${storyId}`)
  // On a first visit, tasks that have ended already are history.
  rememberVisit(storyId)
  let server = openServer(storyId, scenario)
  let current: TaskContextValue | undefined
  const stage: Stage = {
    get server() {
      return server
    },
    reset(tasks) {
      server.cutStreams()
      server = openServer(storyId, { tasks, hints: scenario.hints })
    },
    faults: {},
    get context() {
      return current
    },
    enter: (context) => {
      current = context
    },
    change: (taskId, fields) => {
      server.change(taskId, fields)
      current?.follower.wake()
    },
  }
  stages.set(storyId, stage)
  return stage
}

/** Each story has a user of its own, who owns what Ada owns in the scenarios, and reaches the tasks of colleagues. */
function openServer(userId: string, { tasks, hints }: TaskScenario): FakeTaskServer {
  const clock = { now: () => SCENARIO_TIME, after: () => () => {} }
  const server = createFakeTaskServer({
    clock,
    scenario: null,
    pollAfterMs: 60_000,
    userOf: () => ({ userId }),
    authorize: () => 'brand',
  })
  for (const task of tasks) server.seed(task.userId === 'ada' ? { ...task, userId, createdBy: userId } : task)
  Object.assign(server.hints, hints)
  return server
}

export function stageOf(storyId: string): Stage {
  const stage = stages.get(storyId)
  if (!stage) throw new Error(`The story ${storyId} has not rendered a StoryFrame.`)
  return stage
}

/** Answers protocol requests for the story that sends them. */
export async function answerForStory(storyId: string, request: Request): Promise<Response> {
  const { server, faults } = stageOf(storyId)
  const fault = faults[new URL(request.url).searchParams.get('action') ?? '']
  if (fault === 'hangs') return new Promise(() => {})
  if (fault === 'refuses') return new Response(null, { status: 503 })
  return server.fetch(request)
}
