import { describe, expect, it } from 'vitest'
import { PROTOCOL } from './messages.schema.js'
import { readQuery } from './read-query.js'

const status = (query: string) => readQuery(new URLSearchParams(query), PROTOCOL.status.request)

describe('the query of an action', () => {
  it('is what its schema knows, whatever a gateway adds and however often', () => {
    expect(status('action=status&taskId=a&x-vercel-protection-bypass=k&utm=1&utm=2&__proto__=x')).toEqual({
      taskId: 'a',
    })
    expect(readQuery(new URLSearchParams('limit=5&taskId=a'), PROTOCOL.list.request)).toEqual({ limit: '5' })
  })

  it('keeps the names of every form, so that two forms at once are refused', () => {
    const both = status('taskId=a&batchId=b')
    expect(both).toEqual({ taskId: 'a', batchId: 'b' })
    expect(PROTOCOL.status.request.safeParse(both).success).toBe(false)
  })

  it('is refused when a known name is given twice', () => {
    expect(() => status('taskId=a&taskId=a')).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })
})
