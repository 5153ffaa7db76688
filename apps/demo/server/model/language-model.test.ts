import { createLogger, FatalTaskError, type LogEntry, silentLogger, type TaskLogger } from '@brandkit/core'
import type { ReportedUsage } from '@brandkit/server-adapter'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  cutOff,
  type ModelServer,
  refuse,
  stall,
  startModelServer,
  writeJson,
  writeText,
} from '../testing/model-server.ts'
import { createLanguageModel, explainModelError, type ModelPrices } from './language-model.ts'
import { APICallError } from 'ai'

const schema = z.array(z.object({ name: z.string() }))
let server: ModelServer

beforeEach(async () => {
  server = await startModelServer()
})
afterEach(async () => {
  await server.stop()
})

async function write(
  options: {
    attempt?: number
    signal?: AbortSignal
    silenceMs?: number
    onPartial?: (partial: unknown) => Promise<void>
    prices?: ModelPrices
    usage?: (used: ReportedUsage) => Promise<void>
    logger?: TaskLogger
  } = {},
) {
  const {
    attempt = 1,
    signal = new AbortController().signal,
    silenceMs = 30_000,
    onPartial,
    prices,
    usage = async () => {},
    logger = silentLogger,
  } = options
  const model = createLanguageModel({ baseUrl: server.baseUrl, apiKey: 'key-1', model: 'small-1', prices, silenceMs })
  return await model.write({
    schema,
    task: 'Name them.',
    material: { payload: { topic: 'tea' }, draft: [{ name: 'a' }] },
    language: 'en',
    signal,
    attempt,
    logger,
    usage,
    onPartial,
  })
}

describe('A language model', () => {
  it('is asked for JSON by the schema, with key, model, task and material, as a stream', async () => {
    await write()
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]).toMatchObject({
      headers: { authorization: 'Bearer key-1' },
      model: 'small-1',
      stream: true,
      material: { payload: { topic: 'tea' }, draft: [{ name: 'a' }] },
      responseFormat: { type: 'json_schema' },
    })
    expect(server.requests[0]?.task).toContain('Name them.')
    expect(JSON.stringify(server.requests[0]?.responseFormat)).toContain('"name"')
  })

  it('gives what it wrote, and how many tokens that took', async () => {
    server.reply(writeJson(() => ({ output: [{ name: 'Assam' }, { name: 'Sencha' }] })))
    expect(await write()).toEqual({
      output: [{ name: 'Assam' }, { name: 'Sencha' }],
      inputTokens: 120,
      outputTokens: 45,
    })
  })

  it.each([
    ['a good one', { output: [{ name: 'Assam' }] }],
    ['one of the wrong form', { output: 'Assam' }],
  ])('reports what its answer has used as the AI SDK tells it, and what that costs: %s', async (_, answer) => {
    server.reply(writeJson(() => answer))
    const reports: ReportedUsage[] = []
    const usage = async (used: ReportedUsage) => void reports.push(used)
    await write({ usage, prices: { input: 0.25, output: 2, currency: 'USD' } }).catch(() => {})
    await write({ usage }).catch(() => {})
    const tokens = { model: 'small-1', inputTokens: 120, outputTokens: 45, totalTokens: 165 }
    expect(reports).toEqual([
      expect.objectContaining({ ...tokens, cost: 0.00012, currency: 'USD' }),
      expect.objectContaining(tokens),
    ])
    expect(reports[1]).not.toHaveProperty('cost')
  })

  it('shows the answer while it grows', async () => {
    server.reply(writeText(() => JSON.stringify({ output: [{ name: 'Assam' }, { name: 'Sencha' }] }), { pieces: 40 }))
    const lengths: number[] = []
    await write({
      onPartial: async (partial) => {
        lengths.push((partial as unknown[]).length)
      },
    })
    expect(lengths).toContain(1)
    expect(lengths.at(-1)).toBe(2)
    expect(lengths).toEqual(lengths.toSorted((one, other) => one - other))
  })

  it.each([
    [429, { 'retry-after': '17' }, 17_000],
    [503, { 'retry-after': '2' }, 2_000],
    [429, { 'retry-after-ms': '1500' }, 1_500],
    [429, {}, undefined],
    [500, {}, undefined],
    [502, {}, undefined],
    [529, { 'retry-after': '1' }, 1_000],
  ])('is worth another try when it answers %i with %o', async (status, headers, retryAfterMs) => {
    server.reply(refuse(status, headers))
    await expect(write()).rejects.toMatchObject({ retryable: true, retryAfterMs })
    // The task owns retries, so the SDK must not ask a second time.
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    [400, 'LLM_MODEL'],
    [401, 'LLM_API_KEY'],
    [403, 'LLM_API_KEY'],
    [404, 'LLM_BASE_URL'],
  ])('is given up on when it answers %i: the user reads what to do, and the log names %s', async (status, variable) => {
    server.reply(refuse(status))
    const entries: LogEntry[] = []
    const logger = createLogger({ sink: (entry) => entries.push(entry) })
    const error = await write({ logger }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ retryable: false })
    expect((error as Error).message).toMatch(/^The language model .+ Tell the team/)
    expect((error as Error).message).not.toMatch(/LLM_|secret detail|\d/)
    expect(JSON.stringify(entries)).toContain(variable)
  })

  it('is given up on when the quota is used up, although that looks like a rate limit', async () => {
    server.reply(refuse(429, { 'retry-after': '1' }, 'insufficient_quota'))
    await expect(write()).rejects.toMatchObject({ retryable: false })
  })

  it.each([
    ['no JSON', 'I am sorry, I cannot do that.'],
    ['half of it', '{"output": [{"name": "Ass'],
    ['other JSON', '{"output": [{"title": 7}]}'],
    ['nothing', ''],
  ])('is asked once more after an answer that is %s, and then given up on', async (_, text) => {
    server.reply(writeText(() => text))
    await expect(write({ attempt: 1 })).rejects.toMatchObject({ retryable: true })
    await expect(write({ attempt: 2 })).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('in a form that the studio cannot read') as string,
    })
  })

  it('is worth another try when the connection is cut', async () => {
    server.reply(cutOff())
    await expect(write({ attempt: 3 })).rejects.toMatchObject({
      retryable: true,
      message: 'The language model cannot be reached, or broke off in the middle.',
    })
  })

  it('is worth another try when nobody is there', async () => {
    await server.stop()
    await expect(write()).rejects.toMatchObject({ retryable: true })
    server = await startModelServer()
  })

  it('is not waited for when it falls silent', async () => {
    server.reply(stall())
    await expect(write({ silenceMs: 50 })).rejects.toMatchObject({ retryable: true })
    await server.clientGone
  })

  it('is let go of when the task is cancelled', async () => {
    const controller = new AbortController()
    server.reply(stall(() => controller.abort()))
    await expect(write({ signal: controller.signal })).rejects.toThrow(/abort/i)
    await server.clientGone
  })
})

const now = Date.parse('2027-03-01T12:00:00Z')
const options = { model: 'small-1', attempt: 1, logger: silentLogger, now }
const busy = (headers: Record<string, string>) =>
  new APICallError({
    message: 'Slow down',
    url: 'https://a.example',
    requestBodyValues: {},
    statusCode: 429,
    responseHeaders: headers,
  })

describe('explainModelError', () => {
  it.each([
    ['90', 90_000],
    ['1.5', 1_500],
    ['Mon, 01 Mar 2027 12:01:00 GMT', 60_000],
    ['Mon, 01 Mar 2027 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('reads Retry-After: %s', (text, retryAfterMs) => {
    expect(explainModelError(busy({ 'retry-after': text }), options).retryAfterMs).toBe(retryAfterMs)
  })

  it('leaves our own errors as they are', () => {
    const error = new FatalTaskError('Enough.')
    expect(explainModelError(error, options)).toBe(error)
  })

  it("keeps the provider's words for the log", () => {
    const entries: LogEntry[] = []
    const logger = createLogger({ sink: (entry) => entries.push(entry) })
    const { message } = explainModelError(new Error('socket says: secret'), { ...options, logger })
    expect(message).not.toContain('secret')
    expect(JSON.stringify(entries)).toContain('socket says: secret')
  })
})
