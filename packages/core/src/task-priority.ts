/** Lowest first: the position in this list is the rank that stores and queues compare. */
export const TASK_PRIORITIES = ['low', 'normal', 'high'] as const
export type TaskPriority = (typeof TASK_PRIORITIES)[number]
