import type { TaskHints, TaskJson } from '@brandkit/core'
import { type ScenarioTask, toScenarioHints, toScenarioTask } from './to-scenario-task.js'

/** What a server holds, and guesses, at `SCENARIO_TIME`: one state of the components, as data. */
export interface TaskScenario {
  tasks: TaskJson[]
  hints: Record<string, TaskHints>
}

/** Makes a state of your own. Later tasks are older where nothing else is said. */
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
