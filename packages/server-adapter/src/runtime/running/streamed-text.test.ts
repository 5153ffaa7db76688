import { LIMITS, RetryableTaskError } from '@brandkit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepSampleServers } from '../../../proofs/fixtures/sample-servers.js'
import { createReport, endless, statusOf } from '../../../proofs/fixtures/sample-tasks.js'
import { machineClock } from '../../clock.js'
import { memoryStore } from '../../memory.js'
import type { TextAppend } from '../../store/attempt-writes.js'
import { appendStream } from './append-stream.js'
import { TextBehind } from './text-behind.js'

const ANYONE = { reach: 'tenant', tenantId: 'acme' } as const

function openText({ kept = '', answers = [] as boolean[] } = {}) {
  const written: (TextAppend & { ms: number })[] = []
  const begun = performance.now()
  const text = new TextBehind({
    kept,
    clock: machineClock,
    write: async (news) => {
      written.push({ ...news, ms: performance.now() - begun })
      return answers.shift() ?? true
    },
  })
  return { text, written }
}

describe('the text of an attempt', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is written at most four times a second, in order, each piece once', async () => {
    const { text, written } = openText()
    for (let word = 0; word < 100; word += 1) {
      text.append(`${word} `)
      await vi.advanceTimersByTimeAsync(10)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    expect(written.map(({ ms }) => ms)).toEqual([0, 250, 500, 750, 1_000])
    expect(written.map(({ append }) => append).join('')).toBe(Array.from({ length: 100 }, (_, at) => `${at} `).join(''))
    expect(written.map(({ at }) => at)).toEqual(
      written.map((_, index) => written.slice(0, index).reduce((sum, { append }) => sum + append.length, 0)),
    )
  })

  it('repeats what was not stored for sure, with what is new', async () => {
    const { text, written } = openText({ answers: [true, false] })
    text.append('one ')
    await vi.advanceTimersByTimeAsync(250)
    text.append('two ')
    await vi.advanceTimersByTimeAsync(0)
    text.append('three')
    expect(text.unwritten).toEqual({ at: 4, append: 'two three' })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(written.map(({ at, append }) => [at, append])).toEqual([
      [0, 'one '],
      [4, 'two '],
      [4, 'two three'],
    ])
    expect(text.unwritten).toBeUndefined()
  })

  it('shows no half of a character, and loses none', async () => {
    const { text, written } = openText()
    const [high = '', low = ''] = '😀'.split('')
    text.append(`a${high}`)
    await vi.advanceTimersByTimeAsync(250)
    expect(text.unwritten).toEqual({ at: 1, append: high })
    text.append(`${low}b`)
    await vi.advanceTimersByTimeAsync(250)
    expect(written.map(({ append }) => append)).toEqual(['a', '😀b'])
  })

  it('refuses what would make it longer than a mebibyte, with what an earlier attempt has kept', () => {
    const { text } = openText({ kept: 'é'.repeat(LIMITS.streamedTextBytes / 2 - 2) })
    const [high = '', low = ''] = '😀'.split('')
    text.append(high)
    text.append(low)
    expect(() => text.append('!')).toThrow(/would have 1048577 bytes; at most 1048576 are kept/)
  })

  it('is kept by a checkpoint once, and again when it has grown', async () => {
    const { text } = openText({ kept: 'Kept. ' })
    expect(text.unkept).toBeUndefined()
    text.append('More.')
    await vi.advanceTimersByTimeAsync(0)
    const news = text.unkept
    expect(news).toEqual({ at: 11, append: '' })
    text.noteKept(news!)
    expect(text.unkept).toBeUndefined()
  })
})

describe('context.partial.append', () => {
  const { started } = keepSampleServers()
  const result = { reportId: 'r', pages: 1 }

  it('survives a failed attempt up to its last step, and goes on behind it', async () => {
    const store = memoryStore()
    const kept: string[] = []
    const server = await started(
      async ({ partial, keptText, step, attempt }) => {
        kept.push(keptText)
        await step('draft', async () => {
          await partial.append('A step. ')
          return []
        })
        await partial.append(attempt === 1 ? 'A mistake.' : 'The end.')
        if (attempt === 1) throw new RetryableTaskError('Again.')
        return result
      },
      { store },
    )
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
    expect(kept).toEqual(['', 'A step. '])
    const [task] = await store.find([taskId], ANYONE, { textAfter: '' })
    expect(task?.text).toEqual({ from: 0, append: 'A step. The end.' })
  })

  it('resolves at once, also beside partial results, and refuses what is no text', async () => {
    let refusal: unknown
    const server = await started(async ({ partial }) => {
      await Promise.all([partial.append('text'), partial({ draft: 1 })])
      await (partial.append as (text: unknown) => Promise<void>)(5).catch((error: unknown) => (refusal = error))
      return result
    })
    const taskId = await createReport(server)
    await vi.waitFor(async () => expect((await statusOf(server, taskId)).status).toBe('completed'))
    expect(refusal).toEqual(new TypeError('partial.append() takes a text, not number.'))
  })
})

const context = () => ({ signal: new AbortController().signal, appended: [] as string[] })
const partialOf = (appended: string[]) =>
  Object.assign(async () => {}, { append: async (text: string) => void appended.push(text) })

async function* words() {
  yield 'Once '
  yield 'upon'
}

async function* broken() {
  yield 'Once '
  throw new Error('The model is gone.')
}

describe('appendStream', () => {
  const { started } = keepSampleServers()
  it.each([
    ['an async iterable', () => words()],
    ['a ReadableStream', () => ReadableStream.from(words())],
  ])('appends %s as it comes, and gives the whole', async (_, open) => {
    const { signal, appended } = context()
    expect(await appendStream({ partial: partialOf(appended), signal }, open())).toBe('Once upon')
    expect(appended).toEqual(['Once ', 'upon'])
  })

  it('ends with the attempt, although the stream hangs, and cancels the stream', async () => {
    const [asked, cancelled] = [vi.fn(() => new Promise<void>(() => {})), vi.fn()]
    let ended: unknown
    const server = await started(async (report) => {
      const stream = new ReadableStream<string>({ pull: asked, cancel: cancelled })
      await appendStream(report, stream).catch((error: unknown) => (ended = error))
      return endless(report)
    })
    await createReport(server)
    await vi.waitFor(() => expect(asked).toHaveBeenCalled())
    await server.stop()
    await vi.waitFor(() => expect(cancelled).toHaveBeenCalledOnce())
    expect(ended).toMatchObject({ name: 'AbortError' })
  })

  it('fails with its stream', async () => {
    const { signal, appended } = context()
    await expect(appendStream({ partial: partialOf(appended), signal }, broken())).rejects.toThrow('The model is gone.')
    expect(() => appendStream({ partial: partialOf(appended), signal }, null as never)).toThrow('of the AI SDK')
    expect(appended).toEqual(['Once '])
  })
})
