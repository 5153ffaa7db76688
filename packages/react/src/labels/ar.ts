import catalogue from './ar.json' with { type: 'json' }
import type { TaskLabels } from './task-labels.js'

/** Arabic. Give it to `TaskProvider` together with `locale="ar"`, inside an element with `dir="rtl"`. */
export const ar: TaskLabels = catalogue
