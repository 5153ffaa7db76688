import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request to the chat completions API. */
export interface ChatRequest {
  headers: IncomingMessage['headers']
  model: string
  stream: boolean
  instructions: string
  /** The task's text, before the material. */
  task: string
  material: { payload: unknown; draft: unknown }
  responseFormat: { type?: string; json_schema?: { schema?: unknown } }
}

export type ChatReply = (request: ChatRequest, response: ServerResponse) => void | Promise<void>

export interface ModelServer {
  /** The value for `LLM_BASE_URL`. */
  readonly baseUrl: string
  readonly requests: readonly ChatRequest[]
  /** Replies in turn; the last one repeats. */
  reply(...replies: ChatReply[]): void
  /** Resolves when a client disconnects before it has its answer. */
  readonly clientGone: Promise<void>
  stop(): Promise<void>
}

/** A server that speaks OpenAI's chat completions over real HTTP, as far as the tests need. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: ChatRequest[] = []
  let replies: ChatReply[] = [writeJson(({ material }) => ({ output: material.draft }))]
  const { promise: clientGone, resolve: noticeGone } = Promise.withResolvers<void>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.once('close', () => {
      if (!response.writableFinished) noticeGone()
    })
    const chat = await readRequest(request)
    requests.push(chat)
    const reply = replies.length > 1 ? replies.shift() : replies[0]
    await reply?.(chat, response)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    reply(...next) {
      replies = next
    },
    clientGone,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

async function readRequest(request: IncomingMessage): Promise<ChatRequest> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  const body = JSON.parse(text) as {
    model: string
    stream?: boolean
    messages: { role: string; content: string }[]
    response_format?: ChatRequest['responseFormat']
  }
  const prompt = body.messages.at(-1)?.content ?? ''
  const start = prompt.lastIndexOf('\n\n')
  return {
    headers: request.headers,
    model: body.model,
    stream: body.stream ?? false,
    instructions: body.messages[0]?.content ?? '',
    task: prompt.slice(0, start),
    material: JSON.parse(prompt.slice(start)) as ChatRequest['material'],
    responseFormat: body.response_format ?? {},
  }
}

const USAGE = { prompt_tokens: 120, completion_tokens: 45, total_tokens: 165 }

/** Streams an answer in pieces, as the API does, with the usage at the end. */
export function writeText(
  answer: (request: ChatRequest) => string,
  { pieces = 8 }: { pieces?: number } = {},
): ChatReply {
  return (request, response) => {
    begin(response)
    const text = answer(request)
    const size = Math.max(1, Math.ceil(text.length / pieces))
    for (let from = 0; from < text.length; from += size) sendPiece(response, text.slice(from, from + size))
    send(response, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })
    send(response, { choices: [], usage: USAGE })
    response.end('data: [DONE]\n\n')
  }
}

export function writeJson(answer: (request: ChatRequest) => unknown): ChatReply {
  return writeText((request) => JSON.stringify(answer(request)))
}

/** Begins an answer and then drops the connection. */
export function cutOff(): ChatReply {
  return async (_, response) => {
    begin(response)
    await new Promise<void>((resolve) => {
      sendPiece(response, '{"output": [', resolve)
    })
    response.destroy()
  }
}

/** Begins an answer and then stays silent. */
export function stall(onBegun: () => void = () => {}): ChatReply {
  return (_, response) => {
    begin(response)
    sendPiece(response, '{"output": [', onBegun)
  }
}

/** Refuses with a status, as the API does. */
export function refuse(status: number, headers: Record<string, string> = {}, code = 'error'): ChatReply {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify({ error: { message: `secret detail of ${status}`, type: 'error', code } }))
  }
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
}

function sendPiece(response: ServerResponse, content: string, done?: () => void): void {
  send(response, { choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] }, done)
}

function send(response: ServerResponse, chunk: object, done: () => void = () => {}): void {
  const event = { id: 'chat-1', object: 'chat.completion.chunk', created: 0, model: 'test', ...chunk }
  response.write(`data: ${JSON.stringify(event)}\n\n`, () => done())
}
