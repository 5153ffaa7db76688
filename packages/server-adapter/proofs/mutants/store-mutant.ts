import type { TaskStore } from '../../src/store/task-store.js'

/** A store without one of its guards, which the suite must detect. */
export interface StoreMutant {
  name: string
  /** The name of the suite's test that must fail. */
  breaks: string
  breakIt: (store: TaskStore) => Partial<TaskStore>
}
