import { BRAND_TASK_TYPES } from '@brandkit/core/brand-tasks'
import { expect, it } from 'vitest'
import { taskPathOf } from '../../server/notices/task-path-of.ts'
import { taskPath } from './task-path.ts'

it.each(BRAND_TASK_TYPES)('is where the links in mails and messages lead: %s', (type) => {
  expect(taskPathOf({ type, taskId: 't1' })).toBe(taskPath({ type, taskId: 't1' }))
})
