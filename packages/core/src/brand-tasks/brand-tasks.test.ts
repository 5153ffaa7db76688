import { describe, expect, it } from 'vitest'
import { assertCatalog } from '../task-catalog.js'
import { BRAND_TASK_TYPES } from './vocabulary.js'
import { brandTasks } from './brand-tasks.js'

describe('brandTasks', () => {
  it('are exactly the ten types of the suite, in their order', () => {
    expect(Object.keys(brandTasks)).toEqual([...BRAND_TASK_TYPES])
  })

  it('are a catalog without mistakes', () => {
    expect(() => assertCatalog(brandTasks)).not.toThrow()
  })
})
