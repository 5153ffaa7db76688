/// <reference types="vite/client" />
import type { TaskLabels } from '../src/locales/task-labels.js'

/** Every locale with a catalogue, by its tag. A new locale is one JSON file in `src/locales`. */
export const LOCALES: Readonly<Record<string, TaskLabels>> = Object.fromEntries(
  Object.entries(import.meta.glob<TaskLabels>('../src/locales/*.json', { eager: true, import: 'default' })).map(
    ([path, labels]) => [path.replace(/^.*\/|\.json$/g, ''), labels],
  ),
)
