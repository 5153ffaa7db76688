import { silentLogger } from '@brandkit/core'
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
import { createLanguageModel } from './create-language-model.ts'

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
  } = {},
) {
  const { attempt = 1, signal = new AbortController().signal, silenceMs = 30_000, onPartial } = options
  const model = createLanguageModel({ baseUrl: server.baseUrl, apiKey: 'key-1', model: 'small-1', silenceMs })
  return await model.write({
    schema,
    task: 'Name them.',
    material: { payload: { topic: 'tea' }, draft: [{ name: 'a' }] },
    language: 'en',
    signal,
    attempt,
    logger: silentLogger,
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
  ])('is given up on when it answers %i, in a sentence that names %s', async (status, variable) => {
    server.reply(refuse(status))
    const error = await write().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ retryable: false })
    expect((error as Error).message).toContain(variable)
    expect((error as Error).message).not.toContain('secret detail')
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
      message: expect.stringContaining('does not have the form that was asked for') as string,
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
