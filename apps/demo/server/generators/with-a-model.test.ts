import { brandTasks, type TaskDefinition, type TaskResult } from '@brandkit/core'
import { BRAND_TASK_TYPES, type BrandTaskType } from '@brandkit/core/brand-tasks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLanguageModel, MODEL_PROVIDER } from '../model/language-model.ts'
import { type BrandRunOptions, EXAMPLE_PAYLOADS, generatorOf, runBrandGenerator } from '../testing/example-payloads.ts'
import {
  type ChatRequest,
  cutOff,
  type ModelServer,
  refuse,
  startModelServer,
  writeJson,
} from '../testing/model-server.ts'

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

function run<T extends BrandTaskType>(type: T, options: Partial<BrandRunOptions<T>> = {}) {
  const model = createLanguageModel({ baseUrl: server.baseUrl, model: 'small-1' })
  return runBrandGenerator<T>(type, {
    generate: generatorOf(type, { model }),
    providers: { [MODEL_PROVIDER]: { requestsPerMinute: 60 } },
    ...options,
  })
}

async function resultOf<T extends BrandTaskType>(type: T): Promise<TaskResult<T>> {
  const { result, error } = await run(type)
  if (error) throw error
  return result as TaskResult<T>
}

describe('With a model', () => {
  it.each(BRAND_TASK_TYPES)('%s is written by it, fits the catalog and counts tokens', async (type) => {
    const asked = server.requests.length
    const result = await resultOf(type)
    const { result: schema }: TaskDefinition = brandTasks[type]
    expect(schema.parse(result)).toEqual(result)
    expect(JSON.stringify(result)).toContain('✎')
    expect(result.caveats).not.toContain('draft')

    const calls = server.requests.length - asked
    expect(calls).toBeGreaterThan(0)
    expect(result.usage).toEqual({ model: 'small-1', calls, inputTokens: 120 * calls, outputTokens: 45 * calls })
  })

  it('figures stay as they were computed, whatever it writes', async () => {
    const funnel = await resultOf('GENERATE_FUNNEL_CAMPAIGN')
    const { budget } = EXAMPLE_PAYLOADS.GENERATE_FUNNEL_CAMPAIGN
    expect(funnel.stages.reduce((sum, { amount }) => sum + amount, 0)).toBe(budget)
    expect(new Set(funnel.mails.map(({ day }) => day)).size).toBeGreaterThan(3)

    const { calendar, budget: split } = await resultOf('GENERATE_MEDIA_PLAN')
    const placed = calendar.flatMap(({ placements }) => placements.map(({ amount }) => amount))
    expect(placed.reduce((sum, amount) => sum + amount, 0)).toBe(split.reduce((sum, { amount }) => sum + amount, 0))

    const { segments } = await resultOf('AUTO_GENERATE_PERSONAS')
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
    const { ideas } = await resultOf('GENERATE_VIRAL_IDEAS')
    expect(ideas).toHaveLength(EXAMPLE_PAYLOADS.GENERATE_VIRAL_IDEAS.count)
    expect(ideas.map(({ ideaKey }) => ideaKey)).toContain('mine')
    expect(ideas.map(({ ideaKey }) => ideaKey)).not.toContain('stray')
  })

  it('partial results grow while it writes', async () => {
    const { partials } = await run('AUTO_GENERATE_PERSONAS')
    const lengths = partials.map((partial) => (partial as { personas?: unknown[] }).personas?.length ?? 0)
    expect(lengths).toEqual(expect.arrayContaining([1, 2]))
  })

  it('the words of ideas are streamed as it writes them, each once', async () => {
    const { text, result } = await run('GENERATE_VIRAL_IDEAS')
    for (const { title, outline } of result?.ideas ?? []) {
      expect(text.split(title)).toHaveLength(2)
      expect(text).toContain(outline)
    }
  })

  it('a retry does not ask again for what was written: a post that fails does not pay for the others again', async () => {
    const written = writeJson(rewritten)
    // The angles, five posts, and then the connection breaks.
    server.reply(...Array.from({ length: 6 }, () => written), cutOff(), written)
    const asked = server.requests.length
    const payload = { ...EXAMPLE_PAYLOADS.GENERATE_CONTENT_PACKAGE, postsPerChannel: 6 }
    const { attempts, result, ran, task } = await run('GENERATE_CONTENT_PACKAGE', { payload })
    const posts = result?.posts.length ?? 0
    expect(posts).toBe(12)
    expect(attempts).toMatchObject([{ error: { retryable: true } }, { attempt: 2 }])
    expect(attempts[1]?.ran.length).toBeLessThan(posts - 4)
    // The broken post alone is asked for twice.
    expect(ran.length - new Set(ran).size).toBe(1)
    expect(server.requests.length - asked).toBe(1 + posts + 1)
    // The answers of both attempts, as the task's page shows them.
    expect(task.usage).toEqual([{ model: 'small-1', inputTokens: 120 * (1 + posts), outputTokens: 45 * (1 + posts) }])
  })

  it('a result names it, also when its last attempt had nothing left to ask', async () => {
    const { checkpoints } = await run('GENERATE_CONTENT_PACKAGE')
    const { result } = await run('GENERATE_CONTENT_PACKAGE', { checkpoints })
    expect(result?.usage).toEqual({ model: 'small-1', calls: 0, inputTokens: 0, outputTokens: 0 })
  })

  it('a tight budget makes a task wait for its turns without a place, and asks for nothing twice', async () => {
    const asked = server.requests.length
    await resultOf('GENERATE_CONTENT_PACKAGE')
    const calls = server.requests.length - asked
    const providers = { [MODEL_PROVIDER]: { requestsPerMinute: 1 } }
    const { status, attempts, durationMs } = await run('GENERATE_CONTENT_PACKAGE', { providers })
    expect([status, server.requests.length - asked, durationMs]).toEqual(['completed', 2 * calls, (calls - 1) * 60_000])
    expect(attempts.map(({ attempt }) => attempt)).toEqual(attempts.map(() => 1))
    expect(attempts[0]).toMatchObject({ aborted: 'waiting_for_provider' })
  })

  it('a rate limit reaches the task with the time to wait', async () => {
    server.reply(refuse(429, { 'retry-after': '5' }), writeJson(rewritten))
    const { status, attempts } = await run('GENERATE_BRAND_KIT')
    expect(attempts[0]?.error).toMatchObject({ retryable: true, retryAfterMs: 5_000 })
    expect([status, attempts[1]?.startedAtMs]).toEqual(['completed', 5_000])
  })

  it('other languages are written', async () => {
    const payload = { ...EXAMPLE_PAYLOADS.GENERATE_BRAND_KIT, language: 'pt-BR' }
    await run('GENERATE_BRAND_KIT', { payload })
    expect(server.requests.at(-1)?.task).toContain('"pt-BR"')
  })
})
