import catalogue from '../locales/en.json' with { type: 'json' }
import type { TaskLabels } from '../locales/task-labels.js'

/**
 * The built-in English of the parts of a page, which the floating components do not need. The build takes it out of the one
 * catalogue, by the beginnings of the keys.
 */
export const PAGE_ENGLISH: Partial<TaskLabels> = catalogue
