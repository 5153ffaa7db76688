/** The path of a type's section in the studio, without the slash: `AUTO_GENERATE_PERSONAS` has `personas`. */
export function sectionPath(type: string): string {
  return type
    .replace(/^(?:AUTO_)?GENERATE_/, '')
    .toLowerCase()
    .replaceAll('_', '-')
}

/** The address of a task's page. It can be bookmarked, and the server writes it into mails and messages. */
export function taskPath({ taskId, type }: { taskId: string; type: string }): string {
  return `/${sectionPath(type)}/${encodeURIComponent(taskId)}`
}
