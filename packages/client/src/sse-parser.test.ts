import { createParser } from 'eventsource-parser'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSseParser, type SseMessage } from './sse-parser.js'

function parse(chunks: readonly string[]) {
  const messages: SseMessage[] = []
  const retries: number[] = []
  const feed = createSseParser({ onMessage: (message) => messages.push(message), onRetry: (ms) => retries.push(ms) })
  for (const chunk of chunks) feed(chunk)
  return { messages, retries }
}

function parseByReference(chunks: readonly string[]) {
  const messages: SseMessage[] = []
  const retries: number[] = []
  const parser = createParser({
    onEvent: ({ event = 'message', data }) => messages.push({ event: event || 'message', data }),
    onRetry: (ms) => retries.push(ms),
  })
  for (const chunk of chunks) parser.feed(chunk)
  return { messages, retries }
}

const piece = fc.constantFrom(
  'event: tasks',
  'event:',
  'data: {"a":1}',
  'data:',
  'data',
  'data:  two',
  ': beat',
  'id: 7',
  'retry: 250',
  'retry: x',
  'other: y',
  'é',
  '\n',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
)

describe('createSseParser', () => {
  it('reads named messages, several lines of data, comments and the time to wait', () => {
    const text = 'retry: 1000\n\n: beat\n\nevent: tasks\ndata: {"a":\ndata: 1}\n\ndata:plain\n\nevent: empty\n\n'
    expect(parse([text])).toEqual({
      messages: [
        { event: 'tasks', data: '{"a":\n1}' },
        { event: 'message', data: 'plain' },
      ],
      retries: [1000],
    })
  })

  it('takes every line break that there is, also cut in half', () => {
    expect(parse(['data: a\r', '\n\r', '\ndata: b\r\rdata: c\n', '\n']).messages.map(({ data }) => data)).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  it('says nothing of a message that has not ended', () => {
    expect(parse(['data: half', '\n']).messages).toEqual([])
  })

  it('reads what a well-known parser reads, however the text is cut', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat(60), { maxLength: 12 }), (pieces, cuts) => {
        const text = `${pieces.join('')}\n\n`
        const edges = [0, ...cuts.map((cut) => Math.min(cut, text.length)).toSorted((a, b) => a - b), text.length]
        const chunks = edges.slice(1).map((edge, index) => text.slice(edges[index], edge))
        expect(parse(chunks)).toEqual(parseByReference([text]))
      }),
    )
  })
})
