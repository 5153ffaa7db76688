import { hashText } from '../platform.js'
import type { StoredTask } from '../store/task-store.js'

/**
 * The validator of a status read: the ids and versions behind it. Weak (RFC 9110, section 8.8.1), since hints change
 * without it.
 */
export function toEntityTag(tasks: readonly Pick<StoredTask, 'taskId' | 'version'>[]): string {
  const versions = tasks.map(({ taskId, version }) => JSON.stringify([taskId, version])).toSorted()
  return `W/"${hashText(versions.join(), 'base64url')}"`
}
