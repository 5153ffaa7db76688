import type { NewPayload, TaskType } from '../register.js'
import type { TaskPriority } from '../task-priority.js'

/** The input for one new task. */
export type CreateTask<T extends TaskType = TaskType> = T extends TaskType
  ? {
      type: T
      brandId: string
      payload: NewPayload<T>
      /** A wish: the lowest of this value, the principal's and the type's ceiling applies. Default `normal`. */
      priority?: TaskPriority | undefined
      /** A wish, limited in the same way. Default: the type's. */
      maxRetries?: number | undefined
      /** The earliest start, within the years 1 to 9999. Default: now. */
      runAt?: Date | string | undefined
      /**
       * Words to find the task again: up to 10, each 1 to 64 characters without commas, line breaks and blanks around it.
       */
      tags?: readonly string[] | undefined
      /**
       * Up to 20 earlier tasks of the brand, by id. In a batch a number names an earlier task of the batch by its position,
       * from 0. The new task starts when all of them have completed, and fails with `dependency_failed` when one does not.
       * Its generator reads their results.
       */
      after?: readonly (string | number)[] | undefined
    }
  : never
