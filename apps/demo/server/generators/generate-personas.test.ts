import type { TaskPayload, TaskResult } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { describeGenerator } from '../testing/describe-generator.ts'
import { makeResult, runBrandGenerator } from '../testing/run-brand-generator.ts'
import { createPersonasGenerator } from './generate-personas.ts'

type Payload = TaskPayload<'AUTO_GENERATE_PERSONAS'>

const payload: Payload = {
  audienceName: 'Home office coffee drinkers',
  audience:
    'Remote workers and students in Berlin aged 25-40 who drink three cups a day, care about origin and are annoyed by stale supermarket beans. ' +
    'They want to support small shops. Many have little time in the morning.',
  offer: 'A weekly subscription of whole-bean coffee, roasted on Tuesday and delivered by cargo bike. Cancel any time.',
  region: 'DE',
  count: 4,
  language: 'en',
}
const generate = createPersonasGenerator({ paceMs: 0 })
const run = async (changes: Partial<Payload> = {}) =>
  await makeResult('AUTO_GENERATE_PERSONAS', generate, { ...payload, ...changes })

function addsUp({ segments, personas }: TaskResult<'AUTO_GENERATE_PERSONAS'>, { count }: { count: number }): void {
  const percents = segments.map(({ share }) => Math.round(share * 100))
  expect(percents.reduce((sum, percent) => sum + percent, 0)).toBe(100)
  expect(percents).toEqual(percents.toSorted((one, other) => other - one))
  expect(personas).toHaveLength(count)
  expect(personas.map(({ personaKey }) => personaKey)).toEqual(segments.map(({ personaKey }) => personaKey))
  expect(new Set(personas.map(({ personaKey }) => personaKey)).size).toBe(count)
  expect(new Set(personas.map(({ name }) => name)).size).toBe(count)
}

describeGenerator('AUTO_GENERATE_PERSONAS', { create: createPersonasGenerator, payload, check: addsUp })

function affinityOf({ personas }: TaskResult<'AUTO_GENERATE_PERSONAS'>, place: string): number {
  return personas[0]?.touchpoints.find(({ touchpoint }) => touchpoint === place)?.affinity ?? Number.NaN
}

describe('A set of personas', () => {
  it('divides the audience by the groups that it names', async () => {
    const { segments } = await run({
      audience: 'Remote workers in Berlin who drink coffee. Students who have little time.',
    })
    const names = segments.map(({ name }) => name).join()
    expect(names).toContain('“Remote workers in Berlin”')
    expect(names).toContain('“Students”')
  })

  it('takes ages from the description, names from the country and worries from the people', async () => {
    const { personas } = await run()
    for (const { age } of personas) {
      expect(age).toBeGreaterThanOrEqual(25)
      expect(age).toBeLessThanOrEqual(40)
    }
    expect(personas.some(({ frustrations }) => frustrations.includes('“are annoyed by stale supermarket beans”'))).toBe(
      true,
    )
    expect(personas.some(({ goals }) => goals.includes('“want to support small shops”'))).toBe(true)
  })

  it('answers objections with what the offer really says', async () => {
    const { personas } = await run()
    const answers = personas.flatMap(({ messages }) => messages.objections.map(({ answer }) => answer)).join(' ')
    expect(answers).toContain('Cancel any time')
  })

  it('meets older and younger people in different places', async () => {
    const young = await run({ audience: 'Students', count: 1 })
    const older = await run({ audience: 'Seniors', count: 1 })
    expect(affinityOf(young, 'social')).toBeGreaterThan(affinityOf(older, 'social'))
    expect(affinityOf(young, 'press')).toBeLessThan(affinityOf(older, 'press'))
  })

  it('shows one persona after the other', async () => {
    const { partials } = await runBrandGenerator('AUTO_GENERATE_PERSONAS', generate, { payload })
    const shown = partials.map((partial) => (partial as { personas?: unknown[] }).personas?.length ?? 0)
    expect(shown).toEqual(expect.arrayContaining([1, 2, 3, 4]))
  })
})
