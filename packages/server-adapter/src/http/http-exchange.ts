/** The headers of a request, as far as the server reads them. Names in lower case. */
export type RequestHeaders = Pick<Headers, 'get' | 'has'>

/**
 * A request as the handler reads it. Each border makes it: `fromWeb` of a web `Request`, `fromNode` of Node's own request.
 * Whatever is costly to make is made when it is first read, because most requests need neither a signal nor a whole URL.
 */
export interface HttpRequest {
  readonly method: string
  readonly headers: RequestHeaders
  readonly query: URLSearchParams
  /** Aborts when the caller leaves before the answer is complete. */
  readonly signal: AbortSignal
  /** The same request as a web `Request`: for the app's `authenticate`, and for push queues. */
  readonly web: Request
  /**
   * Reads the whole body as text. Only `readBody` calls it, because that also checks what the headers say of the body.
   *
   * @throws TaskError as `collectText` does
   */
  readText(maxBytes: number): Promise<string>
}

/** The headers of an answer, by their names in lower case. Each has one value. */
export type AnswerHeaders = Record<string, string>

/** An answer as a border sends it: `toWeb` as a web `Response`, the mounts on Node's own HTTP in one write. */
export interface HttpAnswer {
  status: number
  headers: AnswerHeaders
  /** The whole text, an event stream, or `null` for an answer without content and for HEAD. */
  body: string | ReadableStream<Uint8Array> | null
}
