import type { FakeTaskServer } from '@brandkit/server-adapter/testing/fake-server'

/** Each task reports once in this time at least, at a moment of its own. */
const REPORT_EVERY_MS = 2_000
/** How often the clock of the changes ticks. */
const TICK_MS = 20

interface Change {
  version: number
  at: number
}

/** Tasks under way in a fake server: they report for a while, and then end one after another. */
export interface ChangingTasks {
  readonly taskIds: readonly string[]
  /** Resolves when all tasks have ended. */
  run(): Promise<void>
  /** The page shows this version of a task. Earlier versions that it has skipped count as shown, too. */
  shown(taskId: string, version: number): void
  /** Milliseconds from each change to the moment when the page showed it. */
  readonly delays: readonly number[]
  /** How many changes the page has not shown yet. */
  unseen(): number
}

export function createChangingTasks(
  server: FakeTaskServer,
  { count, watchMs }: { count: number; watchMs: number },
): ChangingTasks {
  const startedAt = new Date().toISOString()
  const everyMs = Math.min(REPORT_EVERY_MS, watchMs)
  const tasks = Array.from({ length: count }, (_, index) => {
    const { taskId } = server.seed({ title: `Task ${index}`, status: 'processing', progress: 1, startedAt })
    const phase = (index + 0.5) / count
    return { taskId, nextReport: phase * everyMs, end: watchMs + phase * everyMs, hasEnded: false }
  })
  const pending = new Map<string, Change[]>()
  const delays: number[] = []

  function change(taskId: string, fields: Parameters<FakeTaskServer['change']>[1]): void {
    server.change(taskId, fields)
    const changes = pending.get(taskId) ?? []
    changes.push({ version: server.find(taskId).version, at: performance.now() })
    pending.set(taskId, changes)
  }

  return {
    taskIds: tasks.map(({ taskId }) => taskId),
    delays,
    unseen: () => [...pending.values()].reduce((sum, changes) => sum + changes.length, 0),
    shown(taskId, version) {
      const now = performance.now()
      const changes = pending.get(taskId) ?? []
      for (const { at } of changes.filter((each) => each.version <= version)) delays.push(now - at)
      pending.set(
        taskId,
        changes.filter((each) => each.version > version),
      )
    },
    run: async () =>
      new Promise((resolve) => {
        const began = performance.now()
        const timer = setInterval(() => {
          const elapsed = performance.now() - began
          for (const task of tasks) {
            if (task.hasEnded) continue
            if (elapsed >= task.end) {
              task.hasEnded = true
              const completedAt = new Date().toISOString()
              change(task.taskId, { status: 'completed', progress: 100, completedAt, result: RESULT as never })
            } else if (elapsed >= task.nextReport) {
              task.nextReport += everyMs
              change(task.taskId, { progress: Math.min(99, 1 + (90 * elapsed) / task.end) })
            }
          }
          if (tasks.every(({ hasEnded }) => hasEnded)) {
            clearInterval(timer)
            resolve()
          }
        }, TICK_MS)
      }),
  }
}

/** 2 kB: some posts, or the rows of a plan. */
const RESULT = { posts: Array.from({ length: 10 }, (_, index) => `${index}: ${'words '.repeat(32)}`) }
