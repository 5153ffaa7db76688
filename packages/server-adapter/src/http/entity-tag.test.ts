import { describe, expect, it } from 'vitest'
import { isNamedBy, toEntityTag } from './entity-tag.js'

const a = { taskId: 'a', version: 1 }
const b = { taskId: 'b', version: 2 }

describe('the entity tag of a status read', () => {
  it.each([
    ['one task', [a], [{ ...a, version: 2 }]],
    ['one of several tasks', [a, b], [a, { ...b, version: 3 }]],
    ['the tasks themselves', [a], [b]],
    ['their number', [a, b], [a]],
    [
      'which task has which version',
      [a, b],
      [
        { ...a, version: 2 },
        { ...b, version: 1 },
      ],
    ],
  ])('changes with %s', (_, before, after) => {
    expect(toEntityTag(after)).not.toBe(toEntityTag(before))
    expect(isNamedBy(toEntityTag(before), toEntityTag(before))).toBe(true)
  })

  it('does not depend on the order of tasks', () => {
    expect(toEntityTag([a, b])).toBe(toEntityTag([b, a]))
  })

  it.each(['a"b', 'é', 'a b', 'a,b', '', 'x'.repeat(500)])('is a header’s text whatever the id: %o', (taskId) => {
    expect(toEntityTag([{ taskId, version: 1 }])).toMatch(/^W\/"[\w.-]{1,120}"$/)
  })
})
