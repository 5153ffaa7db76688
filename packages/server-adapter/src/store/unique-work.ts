import type { UniqueConflict } from '@brandkit/core'
import type { TaskScope } from '../principal.js'

/** At most one task of a tenant and type is under way for this key. */
export interface UniqueWork {
  key: string
  /** What happens while such a task is under way. */
  onConflict: UniqueConflict
  /** The tasks that the caller may see, or with `replace` cancel. A task outside of it is never returned or replaced. */
  scope: TaskScope
}
