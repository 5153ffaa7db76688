/// <reference types="vite/client" />
import type { OperationsLabels } from '../src/operations/operations-labels.js'

/** Every locale of the operators' page, by its tag. A new locale is one JSON file in `src/operations/locales`. */
export const OPERATIONS_LOCALES: Readonly<Record<string, OperationsLabels>> = Object.fromEntries(
  Object.entries(
    import.meta.glob<OperationsLabels>('../src/operations/locales/*.json', { eager: true, import: 'default' }),
  ).map(([path, labels]) => [path.replace(/^.*\/|\.json$/g, ''), labels]),
)
