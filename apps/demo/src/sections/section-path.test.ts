import { BRAND_TASK_TYPES } from '@brandkit/core/brand-tasks'
import { expect, it } from 'vitest'
import { taskPath } from './section-path.ts'
import { findSectionByPath } from './sections.ts'

it.each(BRAND_TASK_TYPES)('leads to the section of the type: %s', (type) => {
  const [, section = '', task] = taskPath({ type, taskId: 'a/b' }).split('/')
  expect([findSectionByPath(section)?.type, task]).toEqual([type, 'a%2Fb'])
})
