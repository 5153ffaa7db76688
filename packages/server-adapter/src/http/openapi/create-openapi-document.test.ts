import { ACTIONS, brandTasks, defineTask, defineTasks, TASK_ERRORS } from '@brandkit/core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { sampleTasks } from '../../../proofs/fixtures/sample-tasks.js'
import { createOpenapiDocument } from './create-openapi-document.js'

const document = createOpenapiDocument({ catalog: brandTasks })
const protocol = createOpenapiDocument({ catalog: {} })
const { schemas, pathItems } = document.components

describe('the OpenAPI document', () => {
  it.each([
    ['the protocol alone', protocol],
    ['the brand tasks', document],
    [
      'another catalog, a path of its own and a push queue',
      createOpenapiDocument({
        catalog: sampleTasks,
        url: '/tasks',
        refusal: { status: 489, headers: { 'upstash-nonretryable-error': 'true' } },
      }),
    ],
  ])('of %s is valid OpenAPI 3.1', async (_, made) => {
    const validator = new Validator()
    // The validator changes its input, so it gets a copy.
    expect(await validator.validate(structuredClone(made) as never)).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('of the protocol alone is docs/openapi.json', async () => {
    // `pnpm run openapi` in this package writes the file again.
    await expect(`${JSON.stringify(protocol, null, 2)}\n`).toMatchFileSnapshot('../../../../../docs/openapi.json')
  })

  it('describes each action by itself, under its own method', () => {
    expect(Object.keys(pathItems)).toEqual(Object.keys(ACTIONS))
    for (const [action, { method }] of Object.entries(ACTIONS))
      expect(Object.keys(pathItems[action] ?? {})).toEqual([method.toLowerCase()])
  })

  it('names all actions, and every answer of each, in the two operations that OpenAPI has room for', () => {
    const path = document.paths['/api/jobs'] as Record<string, { responses: Record<string, { content?: object }> }>
    for (const [action, { method }] of Object.entries(ACTIONS)) {
      const combined = path[method.toLowerCase()]
      const alone = (pathItems[action] as typeof path)[method.toLowerCase()]
      expect(JSON.stringify(combined)).toContain(`"${action}"`)
      for (const [status, { content = {} }] of Object.entries(alone?.responses ?? {}))
        expect(Object.keys(combined?.responses[status]?.content ?? {})).toEqual(
          expect.arrayContaining(Object.keys(content)),
        )
    }
  })

  it('refers to nothing that it does not hold', () => {
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)]
    expect(names.length).toBeGreaterThan(100)
    const missing = names.filter(([, kind = '', name = '']) => {
      const components = document.components as unknown as Record<string, Record<string, unknown>>
      return !Object.hasOwn(components[kind] ?? {}, name)
    })
    expect(missing.map(([reference]) => reference)).toEqual([])
  })

  it('holds no pattern that Unicode mode refuses', () => {
    const patterns = [...JSON.stringify(document).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(
      ([, pattern = '']) => JSON.parse(pattern) as string,
    )
    // The allow-list of drawings ignores case in zod, so the pattern without flags must list both cases.
    expect(patterns).toContainEqual(expect.stringContaining('[sS][vV][gG]'))
    for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow()
  })

  it('has the whole table of error codes', () => {
    expect(schemas['TaskErrorCode']).toMatchObject({ enum: Object.keys(TASK_ERRORS) })
  })

  it('says of a task without a catalog what the protocol says', () => {
    expect(schemas['NewTask']).toHaveProperty('oneOf')
    expect(protocol.components.schemas['NewTask']).toMatchObject({ properties: { type: { type: 'string' } } })
    expect(protocol.components.schemas['Task']).toMatchObject({ properties: { taskId: { type: 'string' } } })
    expect(Object.keys(protocol.components.schemas)).not.toContainEqual(expect.stringMatching(/_|OtherTask/))
  })

  it('says what each task type takes and gives: with defaults on the way in, without on the way out', () => {
    expect(schemas['NewTask_GENERATE_MEDIA_PLAN']).toMatchObject({
      additionalProperties: false,
      properties: {
        type: { const: 'GENERATE_MEDIA_PLAN' },
        payload: { $ref: '#/components/schemas/NewPayload_GENERATE_MEDIA_PLAN' },
      },
    })
    expect(schemas['NewPayload_GENERATE_MEDIA_PLAN']?.['required']).not.toContain('currency')
    expect(schemas['Payload_GENERATE_MEDIA_PLAN']?.['required']).toContain('currency')
    expect(schemas['Result_GENERATE_MEDIA_PLAN']).toMatchObject({
      properties: { mediaPlanGroupId: { type: 'string' } },
    })
  })

  it('copes with types of odd names, schemas in common, recursion, and what JSON Schema cannot say', async () => {
    const node = z.object({
      name: z.string().transform((name) => name.length),
      get children() {
        return z.array(node)
      },
    })
    const odd = defineTask({ title: () => '', payload: node, result: node, steps: {} })
    const made = createOpenapiDocument({ catalog: defineTasks({ 'a b/c': odd, Ω: odd }) })
    expect(await new Validator().validate(structuredClone(made) as never)).toEqual({ valid: true })
    expect(made.components.schemas).toHaveProperty('Task_a_x20_b_x2f_c')
    expect(JSON.stringify(made)).not.toContain('__shared')
    expect(JSON.stringify(made)).not.toContain('$defs')
  })
})
