import type { TaskJson } from '@brandkit/core'

/**
 * What is known of a task after a message about it. Only a greater version is news, so that nothing goes backward
 * by a late poll, a list or a second tab. The old object itself is kept where there is no news, so that
 * nothing renders.
 */
export function mergeTask(known: TaskJson | undefined, incoming: TaskJson): TaskJson {
  if (!known) return incoming
  if (incoming.version > known.version) return withPayload(incoming, known)
  // Lists leave the payload out; a later read of the same version may bring it.
  if (incoming.version === known.version && !hasPayload(known)) return withPayload(known, incoming)
  return known
}

function withPayload(task: TaskJson, source: TaskJson): TaskJson {
  if (hasPayload(task) || !hasPayload(source)) return task
  return { ...task, payload: source.payload } as TaskJson
}

function hasPayload(task: TaskJson): boolean {
  return task.payload !== undefined
}
