import { hashText } from '../platform.js'
import type { StoredTask } from '../store/task-store.js'

/**
 * The entity tag of a status read, made of the tasks' ids and versions: of one task as they are, of several hashed. Weak
 * (RFC 9110, section 8.8.1), because hints may change under the same tag.
 */
export function toEntityTag(tasks: readonly Pick<StoredTask, 'taskId' | 'version'>[]): string {
  const [only] = tasks
  if (only && tasks.length === 1 && PLAIN.test(only.taskId)) return `W/"${only.taskId}.${only.version}"`
  const versions = tasks.map(({ taskId, version }) => `${version} ${taskId}`).toSorted()
  return `W/"${hashText(JSON.stringify(versions), 'base64url')}"`
}

/** An id whose characters may stand in a tag. A hash has no point, and so never equals such a tag. */
const PLAIN = /^[\w-]{1,100}$/

/** Whether `If-None-Match` names the entity tag. Weak and strong tags compare alike (RFC 9110, section 13.1.2). */
export function isNamedBy(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch.trim() === '*') return true
  const tags: string[] = ifNoneMatch.match(/"[^"]*"/g) ?? []
  return tags.includes(etag.replace(/^W\//, ''))
}
