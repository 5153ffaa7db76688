import type { TaskPayload } from '@brandkit/core'
import type { BrandTaskType } from '@brandkit/core/brand-tasks'
import type { PreviousTask } from '@brandkit/server-adapter'
import { describe, expect, it } from 'vitest'
import { EXAMPLE_PAYLOADS } from '../testing/example-payloads.ts'
import { runBrandGenerator } from '../testing/run-brand-generator.ts'
import type { BrandGenerator } from './brand-generator.ts'
import { createGenerators } from './create-generators.ts'

const generators = createGenerators({ paceMs: 0 })

/** Runs a generator behind others, on the example that the form offers. */
async function make<T extends BrandTaskType>(type: T, previous: readonly PreviousTask[] = []) {
  const payload = EXAMPLE_PAYLOADS[type] as TaskPayload<T>
  const { result, task } = await runBrandGenerator(
    type,
    generators[type] as unknown as BrandGenerator<T>,
    {
      payload,
      previous,
    } as Parameters<typeof runBrandGenerator<T>>[2],
  )
  if (!result) throw new Error(task.lastError)
  return { result, previous: [{ taskId: task.taskId, type, title: task.title, result }] }
}

describe('the funnel of a brand', () => {
  it('leads from the brand kit to the personas, who hear its promise first', async () => {
    const kit = await make('GENERATE_BRAND_KIT')
    const { result } = await make('AUTO_GENERATE_PERSONAS', kit.previous)
    for (const { messages } of result.personas) expect(messages.arguments[0]).toBe(kit.result.essence.promise)
  })

  it('leads on to the media plan, which says whom each channel meets', async () => {
    const personas = await make('AUTO_GENERATE_PERSONAS')
    const [alone, behind] = [await make('GENERATE_MEDIA_PLAN'), await make('GENERATE_MEDIA_PLAN', personas.previous)]
    const reason = behind.result.channels.find(({ channel }) => channel === 'search')?.reason
    expect(personas.result.personas.map(({ name }) => `; ${name} is met here`)).toContain(reason?.match(/; .*/)?.[0])
    expect(behind.result.budget).not.toEqual(alone.result.budget)
    expect(behind.result.budget.reduce((sum, { amount }) => sum + amount, 0)).toBe(behind.result.totalBudget)
  })
})
