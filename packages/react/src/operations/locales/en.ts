import catalogue from './en.json' with { type: 'json' }
import type { OperationsLabels } from '../operations-labels.js'

/** English is built in. Other locales are JSON files in this folder; `exports` gives their modules the type of this one. */
const en: OperationsLabels = catalogue

export default en
