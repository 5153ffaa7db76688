import { brandTasks, silentLogger } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { createTaskServer } from '../../create-task-server.js'
import { memoryQueue } from '../../queue/memory-queue.js'
import { memoryStore } from '../../store/memory-store.js'
import { toExample } from './to-example.js'

describe('an example of a schema', () => {
  it.each(Object.entries(brandTasks))('breaks no rule of the form of %s', (_type, { result }) => {
    const issues = result.safeParse(toExample(result.toJSONSchema({ unrepresentable: 'any' }))).error?.issues ?? []
    // What remains are rules over several fields, and patterns.
    expect(issues.filter(({ code }) => code !== 'custom' && code !== 'invalid_format')).toEqual([])
  })

  it.each(Object.entries(brandTasks))('is a payload of %s that the real server takes', async (type, { payload }) => {
    const server = createTaskServer({
      catalog: brandTasks,
      store: memoryStore(),
      queue: memoryQueue(),
      authenticate: () => ({ userId: 'ada', brandIds: '*' }),
      generators: Object.fromEntries(Object.keys(brandTasks).map((served) => [served, async () => ({})])) as never,
      logger: silentLogger,
    })
    const example = toExample(payload.toJSONSchema({ unrepresentable: 'any', io: 'input' }))
    const response = await server.handler(
      new Request('https://app.test/api/jobs?action=create', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ type, brandId: 'aurora', payload: example }),
      }),
    )
    expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 202 })
    await server.stop()
  })

  it.each([
    [{ const: 7 }, 7],
    [{ enum: ['a', 'b'] }, 'a'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'null' }] }, true],
    [{ type: 'integer', minimum: 3 }, 3],
    [{ type: 'number', exclusiveMinimum: 0 }, 1],
    [{ type: 'number', minimum: -5, maximum: -2 }, -2],
    [{ type: 'string', minLength: 10 }, 'Example...'],
    [{ type: 'array', items: { type: 'string', pattern: '^[A-Z]{2}$' }, minItems: 2 }, ['DE', 'FR']],
    [{ type: 'array', items: { type: 'string' }, minItems: 2 }, ['Example 1', 'Example 2']],
    [{ type: 'object', properties: { a: { type: 'null' }, b: { type: 'null' } }, required: ['a'] }, { a: null }],
    [{ allOf: [{ type: 'object', properties: { a: { const: 1 } }, required: ['a'] }] }, { a: 1 }],
    [undefined, {}],
  ])('of %j is %j', (schema, example) => {
    expect(toExample(schema)).toEqual(example)
  })
})
