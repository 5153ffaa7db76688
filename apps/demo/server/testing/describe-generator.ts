import { brandTasks, type TaskDefinition, type TaskPayload, type TaskResult } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beforeEachStep } from '../generators/before-each-step.ts'
import type { BrandGenerator, BrandStepKey, GeneratorOptions } from '../generators/brand-generator.ts'
import { drawPayload } from './draw-payload.ts'
import { type BrandRunOptions, makeResult, runBrandGenerator } from './run-brand-generator.ts'

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
  const run = (drawn: TaskPayload<T>) => makeResult(type, generate, drawn)
  const play = (options: Omit<BrandRunOptions<T>, 'payload'> = {}) =>
    runBrandGenerator(type, generate, { payload, ...options } as BrandRunOptions<T>)

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
      const { ran, progress } = await play()
      expect(stepsOf(ran)).toEqual(keys)
      expect(progress).toEqual(progress.toSorted((one, other) => one - other))
      expect(progress.at(-1)).toBe(100)
    })

    it.each(keys)('goes on after a failure in "%s" without repeating what was finished', async (failing) => {
      const { result, attempts, ran } = await play({ failAt: failing as BrandStepKey<T> })
      expect(result).toEqual(await run(payload))
      expect(attempts).toHaveLength(2)
      expect(stepsOf(ran)).toEqual(keys)
      expect(new Set(ran).size).toBe(ran.length)
    })

    it.each(keys)('stops within "%s" when it is cancelled there', async (step) => {
      const { status, attempts } = await play({ abortAt: step as BrandStepKey<T> })
      expect(status).toBe('cancelled')
      expect(attempts[0]?.error).toMatchObject({ message: expect.stringMatching(/abort/i) as string })
      expect(stepsOf(attempts[0]?.ran ?? []).at(-1)).toBe(step)
    })

    it('stops waiting when it is cancelled', async () => {
      const controller = new AbortController()
      const waiting = beforeEachStep(create({ paceMs: 60_000_000 }), () => queueMicrotask(() => controller.abort()))
      const { attempts } = await runBrandGenerator(
        type,
        (context) => waiting({ ...context, signal: controller.signal }),
        { payload } as BrandRunOptions<T>,
      )
      expect(attempts[0]?.error).toMatchObject({ message: expect.stringMatching(/abort/i) as string })
    })

    it.each('language' in payload ? ['pt-BR'] : [])(
      'says that its draft is in English, although %s was wanted',
      async (language) => {
        expect((await run({ ...payload, language })).caveats).toEqual(expect.arrayContaining(['draft', 'english']))
        expect((await run(payload)).caveats).not.toContain('english')
      },
    )
  })
}

/** The steps of what ran, each once. Items are called `step: item`. */
function stepsOf(ran: readonly string[]): string[] {
  return [...new Set(ran.map((label) => label.split(': ')[0] ?? ''))]
}
