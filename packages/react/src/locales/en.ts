import catalogue from './en.json' with { type: 'json' }
import type { TaskLabels } from './task-labels.js'

/**
 * English is built in. Other locales are JSON files in this folder; `exports` gives their modules the type of this one. The
 * shipped module has the texts of the floating components; page-english has the others.
 */
const en: TaskLabels = catalogue

export default en
