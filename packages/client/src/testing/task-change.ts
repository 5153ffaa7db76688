import type { TaskJson } from '@brandkit/core'

/** Fields that change, loosely: which go together depends on the status, and the union cannot be told from parts. */
export type TaskChange = Partial<Record<keyof TaskJson, unknown>>
