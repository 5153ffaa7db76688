import { createSeededRandom, isTerminal, silentLogger, type TaskHints, type TaskSummaryJson } from '@brandkit/core'
import { createTaskFollower, type TaskFollower } from './task-follower.js'
import { createTaskService, type TaskServiceOptions } from './task-service.js'

/** What users see of a page: its followed tasks and their shown state. */
export interface OpenPage {
  follower: TaskFollower
  service: ReturnType<typeof createTaskService>
  /** The newest version by task id, as a cache that compares versions keeps it. */
  view: Map<string, TaskSummaryJson>
  /** The latest hints by task id. */
  hints: Record<string, TaskHints>
  missing: string[]
  /** Versions older than the one the follower reported before; always empty if the follower is right. */
  backwards: TaskSummaryJson[]
  /** The states of the connection, one entry per change. */
  states: string[]
  follow(taskIds: readonly string[]): () => void
  close(): void
}

/** A page over any `fetch`, with a scheduler that sleeps for `msUntilDue` and then polls. */
export function openPage({ seed = 1, ...options }: TaskServiceOptions & { seed?: number }): OpenPage {
  const service = createTaskService({ url: 'http://fake.test/api/jobs', logger: silentLogger, ...options })
  const view = new Map<string, TaskSummaryJson>()
  const hints: Record<string, TaskHints> = {}
  const missing: string[] = []
  const backwards: TaskSummaryJson[] = []
  const follower = createTaskFollower({
    service,
    onTasks(tasks, news) {
      Object.assign(hints, news)
      for (const task of tasks) {
        const known = view.get(task.taskId)
        // The follower forgets an ended task, so only the end itself can be compared.
        if (known && task.version < known.version && !isTerminal(known.status)) backwards.push(task)
        if (!known || task.version > known.version) view.set(task.taskId, task)
      }
    },
    onMissing: (taskIds) => missing.push(...taskIds),
    random: createSeededRandom(seed),
    logger: silentLogger,
  })
  const states: string[] = [follower.connection.get().state]
  follower.connection.subscribe(() => {
    const { state } = follower.connection.get()
    if (states.at(-1) !== state) states.push(state)
  })
  const stops: (() => void)[] = [drive(follower)]

  return {
    follower,
    service,
    view,
    hints,
    missing,
    backwards,
    states,
    follow(taskIds) {
      const stopAll = taskIds.map((taskId) => follower.follow(taskId))
      const stop = () => stopAll.forEach((one) => one())
      stops.push(stop)
      return stop
    },
    close: () => stops.forEach((stop) => stop()),
  }
}

function drive(follower: TaskFollower): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const schedule = () => {
    clearTimeout(timer)
    const ms = follower.msUntilDue()
    if (ms !== false) timer = setTimeout(() => void tick(), Math.max(1, ms))
  }
  const tick = async () => {
    await follower.poll().catch(() => {})
    schedule()
  }
  const stop = follower.subscribe(schedule)
  schedule()
  return () => {
    stop()
    clearTimeout(timer)
  }
}
