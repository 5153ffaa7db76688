import { brandTasks, type TaskDefinition, type TaskResult } from '@brandkit/core'
import { BRAND_TASK_TYPES, type BrandTaskType } from '@brandkit/core/brand-tasks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLanguageModel } from '../model/create-language-model.ts'
import { createTestContext } from '../testing/create-test-context.ts'
import { EXAMPLE_PAYLOADS } from '../testing/example-payloads.ts'
import {
  type ChatRequest,
  cutOff,
  type ModelServer,
  refuse,
  startModelServer,
  writeJson,
} from '../testing/model-server.ts'
import { createGenerators } from './create-generators.ts'

let server: ModelServer

beforeAll(async () => {
  server = await startModelServer()
})
afterAll(async () => {
  await server.stop()
})
beforeEach(() => {
  server.reply(writeJson(rewritten))
})

/** Fields that hold only prose, and that no other field depends on. */
const PROSE = /^(?:angle|promise|message|brief|story|outline|positioning|draft|proof|hook|visual|text|risk|caution)$/

/** The draft as a model could return it: every piece of prose is changed, and figures are made up. */
function rewritten({ material }: ChatRequest): unknown {
  const change = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((entry) => change(entry))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, change(entry, name)]))
    }
    if (typeof value === 'string' && PROSE.test(key)) return `✎ ${value.slice(0, 150)}`
    if (key === 'amount' || key === 'day') return 7
    return key === 'share' ? 0.5 : value
  }
  return { output: change(material.draft) }
}

function run<T extends BrandTaskType>(type: T, checkpoints = new Map<string, unknown>(), attempt = 1) {
  const model = createLanguageModel({ baseUrl: server.baseUrl, model: 'small-1' })
  const test = createTestContext(type, { payload: EXAMPLE_PAYLOADS[type], checkpoints, attempt })
  const generate = createGenerators({ paceMs: 0, model })[type] as (context: unknown) => Promise<TaskResult<T>>
  return { ...test, result: generate(test.context) }
}

describe('With a model', () => {
  it.each(BRAND_TASK_TYPES)('%s is written by it, fits the catalog and counts tokens', async (type) => {
    const asked = server.requests.length
    const result = await run(type).result
    const { result: schema }: TaskDefinition = brandTasks[type]
    expect(schema.parse(result)).toEqual(result)
    expect(JSON.stringify(result)).toContain('✎')

    const calls = server.requests.length - asked
    expect(calls).toBeGreaterThan(0)
    expect(result.usage).toEqual({ model: 'small-1', calls, inputTokens: 120 * calls, outputTokens: 45 * calls })
  })

  it('figures stay as they were computed, whatever it writes', async () => {
    const funnel = await run('GENERATE_FUNNEL_CAMPAIGN').result
    const { budget } = EXAMPLE_PAYLOADS.GENERATE_FUNNEL_CAMPAIGN
    expect(funnel.stages.reduce((sum, { amount }) => sum + amount, 0)).toBe(budget)
    expect(new Set(funnel.mails.map(({ day }) => day)).size).toBeGreaterThan(3)

    const { calendar, budget: split } = await run('GENERATE_MEDIA_PLAN').result
    const placed = calendar.flatMap(({ placements }) => placements.map(({ amount }) => amount))
    expect(placed.reduce((sum, amount) => sum + amount, 0)).toBe(split.reduce((sum, { amount }) => sum + amount, 0))

    const { segments } = await run('AUTO_GENERATE_PERSONAS').result
    expect(segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10)
  })

  it('ideas that it makes up on channels nobody asked for are left out, and too few are filled up', async () => {
    server.reply(
      writeJson(({ material }) => {
        if (!Array.isArray(material.draft) || !JSON.stringify(material.draft).includes('ideaKey'))
          return { output: material.draft }
        const [idea] = material.draft as Record<string, unknown>[]
        return {
          output: [
            { ...idea, ideaKey: 'mine', title: 'Mine' },
            { ...idea, ideaKey: 'stray', channel: 'pinterest' },
          ],
        }
      }),
    )
    const { ideas } = await run('GENERATE_VIRAL_IDEAS').result
    expect(ideas).toHaveLength(EXAMPLE_PAYLOADS.GENERATE_VIRAL_IDEAS.count)
    expect(ideas.map(({ ideaKey }) => ideaKey)).toContain('mine')
    expect(ideas.map(({ ideaKey }) => ideaKey)).not.toContain('stray')
  })

  it('partial results grow while it writes', async () => {
    const { partials, result } = run('AUTO_GENERATE_PERSONAS')
    await result
    const lengths = partials.map((partial) => (partial as { personas?: unknown[] }).personas?.length ?? 0)
    expect(lengths).toEqual(expect.arrayContaining([1, 2]))
  })

  it('a retry does not ask again for what was written', async () => {
    const checkpoints = new Map<string, unknown>()
    server.reply(writeJson(rewritten), cutOff(), writeJson(rewritten))
    const asked = server.requests.length
    await expect(run('GENERATE_CONTENT_PACKAGE', checkpoints).result).rejects.toMatchObject({ retryable: true })
    const second = run('GENERATE_CONTENT_PACKAGE', checkpoints, 2)
    expect((await second.result).usage?.calls).toBe(1)
    expect(second.ran).toEqual(['posts', 'calendar'])
    expect(server.requests.length - asked).toBe(3)
  })

  it('a result names it, also when its last attempt had nothing left to ask', async () => {
    const checkpoints = new Map<string, unknown>()
    await run('GENERATE_CONTENT_PACKAGE', checkpoints).result
    const { usage } = await run('GENERATE_CONTENT_PACKAGE', checkpoints, 2).result
    expect(usage).toEqual({ model: 'small-1', calls: 0, inputTokens: 0, outputTokens: 0 })
  })

  it('a rate limit reaches the task with the time to wait', async () => {
    server.reply(refuse(429, { 'retry-after': '5' }))
    await expect(run('GENERATE_BRAND_KIT').result).rejects.toMatchObject({ retryable: true, retryAfterMs: 5_000 })
  })

  it('other languages are written', async () => {
    const payload = { ...EXAMPLE_PAYLOADS.GENERATE_BRAND_KIT, language: 'pt-BR' }
    const { context } = createTestContext('GENERATE_BRAND_KIT', { payload })
    const model = createLanguageModel({ baseUrl: server.baseUrl, model: 'small-1' })
    await createGenerators({ paceMs: 0, model }).GENERATE_BRAND_KIT(context)
    expect(server.requests.at(-1)?.task).toContain('"pt-BR"')
  })
})
