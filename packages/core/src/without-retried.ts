/** The tasks that count: one that was retried is represented by its retry. */
export function withoutRetried<T extends { taskId: string; retryOf?: string | undefined }>(tasks: readonly T[]): T[] {
  const retried = new Set(tasks.map(({ retryOf }) => retryOf))
  return tasks.filter(({ taskId }) => !retried.has(taskId))
}
