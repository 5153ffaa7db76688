/** One message of a stream of server-sent events. */
export interface SseMessage {
  /** `message` where the server named none. */
  event: string
  data: string
}

export interface SseParserOptions {
  onMessage: (message: SseMessage) => void
  /** How long the server asks to wait before connecting again, in milliseconds. */
  onRetry: (ms: number) => void
}

/**
 * Makes the function that takes the text of a stream, in whatever pieces it comes ("Interpreting an event stream", WHATWG
 * HTML, section 9.2.6), without the byte order mark, which decoders take away. Ids of messages are not read: a stream of
 * ours begins with a snapshot, wherever the last one broke.
 */
export function createSseParser({ onMessage, onRetry }: SseParserOptions): (text: string) => void {
  let rest = ''
  let event = ''
  let data: string[] = []

  function takeField(line: string): void {
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (name === 'event') event = value
    if (name === 'data') data.push(value)
    if (name === 'retry' && /^\d+$/.test(value)) onRetry(Number(value))
  }

  function dispatch(): void {
    if (data.length > 0) onMessage({ event: event || 'message', data: data.join('\n') })
    event = ''
    data = []
  }

  return (text) => {
    rest += text
    // A carriage return at the very end may be the first half of one line break.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') dispatch()
      else takeField(line)
    }
  }
}
