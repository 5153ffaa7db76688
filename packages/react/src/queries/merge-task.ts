import { hasContent, type TaskJson } from '@brandkit/core'

/**
 * Merges a task that we know with an incoming copy. Only a greater version counts, so that late polls, lists and other
 * tabs cannot move a task backward. Returns the old object if nothing is new, so that nothing renders.
 */
export function mergeTask(known: TaskJson | undefined, incoming: TaskJson): TaskJson {
  // A summary may stand in for a task that is being read.
  if (!known || !hasContent(known)) return incoming
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
