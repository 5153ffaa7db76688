import { brandTasks, type TaskDefinition, type TaskPayload, type TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BrandGenerator, GeneratorOptions } from '../generators/brand-generator.ts'
import { createTestContext } from './create-test-context.ts'
import { drawPayload } from './draw-payload.ts'

interface GeneratorExample<T extends BrandTaskType> {
  create: (options: GeneratorOptions) => BrandGenerator<T>
  payload: TaskPayload<T>
  /** Turns a drawn payload into one that the generator can handle. */
  adjust?: (drawn: TaskPayload<T>) => TaskPayload<T>
  /** Checks for every result, beyond the schema. */
  check?: (result: TaskResult<T>, payload: TaskPayload<T>) => void
  /** The number of drawn payloads. Default 25. */
  draws?: number
}

/** The tests that hold for each of the ten generators. */
export function describeGenerator<T extends BrandTaskType>(
  type: T,
  { create, payload, adjust = (drawn) => drawn, check, draws = 25 }: GeneratorExample<T>,
): void {
  const definition: TaskDefinition = brandTasks[type]
  const keys = Object.keys(definition.steps)
  const generate = create({ paceMs: 0 })
  const run = async (drawn: TaskPayload<T>) =>
    (await generate(createTestContext(type, { payload: drawn }).context)) as TaskResult<T>

  describe(`The generator of ${type}`, () => {
    it('yields what the catalog promises, for any payload, and the same for the same payload', async () => {
      await fc.assert(
        fc.asyncProperty(drawPayload(type).map(adjust), async (drawn) => {
          const result = await run(drawn)
          expect(definition.result.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
          expect(await run(drawn)).toEqual(result)
          check?.(result, drawn)
        }),
        { numRuns: draws },
      )
    })

    it('leaves nothing unfilled in its texts', async () => {
      const text = JSON.stringify(await run(payload))
      expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object/)
      expect(text).not.toMatch(/lorem|\{\w+\}|\s[.,!?]"|\.\.(?!\.)/i)
    })

    it('runs the steps of the catalog in their order, with progress that rises to the end', async () => {
      const { context, ran, progress } = createTestContext(type, { payload })
      await generate(context)
      expect(ran).toEqual(keys)
      expect(progress).toEqual(progress.toSorted((one, other) => one - other))
      expect(progress.at(-1)).toBe(100)
    })

    it.each(keys)('goes on after a failure in "%s" without repeating what was finished', async (failing) => {
      const checkpoints = new Map<string, unknown>()
      const first = createTestContext(type, {
        payload,
        checkpoints,
        onStep(key) {
          if (key === failing) throw new Error('The process died.')
        },
      })
      await expect(generate(first.context)).rejects.toThrow('The process died.')

      const second = createTestContext(type, { payload, checkpoints, attempt: 2 })
      expect(await generate(second.context)).toEqual(await run(payload))
      expect([...first.ran, ...second.ran]).toEqual(keys)
    })

    it.each(keys)('stops within "%s" when it is cancelled there', async (step) => {
      const controller = new AbortController()
      const { context, ran } = createTestContext(type, {
        payload,
        signal: controller.signal,
        onStep(key) {
          if (key === step) controller.abort()
        },
      })
      await expect(generate(context)).rejects.toThrow(/abort/i)
      expect(ran.at(-1)).toBe(step)
    })

    it('stops waiting when it is cancelled', async () => {
      const controller = new AbortController()
      const { context } = createTestContext(type, {
        payload,
        signal: controller.signal,
        onStep: () => queueMicrotask(() => controller.abort()),
      })
      await expect(create({ paceMs: 60_000_000 })(context)).rejects.toThrow(/abort/i)
    })

    it.each('language' in payload ? ['pt-BR'] : [])('says what to do when nobody here writes %s', async (language) => {
      const { context } = createTestContext(type, { payload: { ...payload, language } })
      await expect(generate(context)).rejects.toMatchObject({
        retryable: false,
        message: expect.stringContaining('This server writes "pt-BR" only with a language model.') as string,
      })
    })
  })
}
