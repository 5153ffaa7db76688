import catalogue from './en.json' with { type: 'json' }
import type { TaskLabels } from './task-labels.js'

/** English, built in. */
export const en: TaskLabels = catalogue
