/** An answer as text; of a stream the part up to its first event, after which it is left. */
export async function readAnswer(response: Response): Promise<string> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response.text()
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  // Not `.`, which ends at U+2028: to SSE that is a letter like any other.
  while (!/^data: [^\n]*\n\n/m.test(text)) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) break
    text += value
  }
  await reader?.cancel().catch(() => {})
  return text
}
