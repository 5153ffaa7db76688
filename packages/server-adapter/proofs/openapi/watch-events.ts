/** Passes a stream of events on unchanged, at its reader's pace, and reports each event. */
export function watchEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: { event: string; data: unknown }) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''

  function take(chunk: Uint8Array): void {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => /^(\w*): ?(.*)$/s.exec(line)?.slice(1) as [string, string]),
      )
      const data = fields.get('data')
      if (data !== undefined) onEvent({ event: fields.get('event') ?? 'message', data: JSON.parse(data) as unknown })
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) return controller.close()
        take(value)
        controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead, so that the server sees the true pace of a slow reader.
    { highWaterMark: 0 },
  )
}
