/** The address of a task's page within the studio. */
export function taskPathOf({ taskId, type }: { taskId: string; type: string }): string {
  return `/${type
    .replace(/^(?:AUTO_)?GENERATE_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}/${encodeURIComponent(taskId)}`
}
