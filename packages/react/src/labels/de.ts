import catalogue from './de.json' with { type: 'json' }
import type { TaskLabels } from './task-labels.js'

/** German. Give it to `TaskProvider` together with `locale="de"`. */
export const de: TaskLabels = catalogue
