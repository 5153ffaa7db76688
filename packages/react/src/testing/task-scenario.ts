import type { TaskHints, TaskJson } from '@brandkit/core'
import { type ScenarioTask, toScenarioHints, toScenarioTask } from './to-scenario-task.js'

/** The server's tasks and hints at `SCENARIO_TIME`: one state of the components, as data. */
export interface TaskScenario {
  tasks: TaskJson[]
  hints: Record<string, TaskHints>
}

/** Creates your own scenario. Later tasks in the array are older, unless they say otherwise. */
export function createTaskScenario(tasks: readonly ScenarioTask[]): TaskScenario {
  const made = tasks.map((task, index) => ({
    json: toScenarioTask({ ...task, createdAgo: task.createdAgo ?? 45 + index }, index + 1),
    hints: toScenarioHints(task),
  }))
  return {
    tasks: made.map(({ json }) => json),
    hints: Object.fromEntries(made.map(({ json, hints }) => [json.taskId, hints])),
  }
}
