import catalogue from './en.json' with { type: 'json' }
import type { TaskLabels } from './task-labels.js'

/** English, built in. Every other locale is a JSON file beside it, whose module gets its type from here (`exports`). */
const en: TaskLabels = catalogue

export default en
