import { expect, vi } from 'vitest'

/** The longest that a server of a slow machine needs for a story of seven seconds. */
const STORY_MS = 120_000

/**
 * Asks for a story over HTTP, as the first guide does with curl, and waits for it.
 *
 * @param headers those of the request, such as a cookie
 * @returns the text
 */
export async function requestStory(origin: string, headers: Record<string, string> = {}): Promise<string> {
  const created = await fetch(`${origin}/api/jobs?action=create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ type: 'WRITE_STORY', brandId: 'demo', payload: { about: 'a lighthouse' } }),
  })
  expect({ status: created.status, body: await created.clone().text() }).toMatchObject({ status: 202 })
  const { task } = (await created.json()) as { task: { taskId: string } }

  return vi.waitFor(
    async () => {
      const response = await fetch(`${origin}/api/jobs?action=status&taskId=${task.taskId}`, { headers })
      const answer = (await response.json()) as { task: { status: string; result: { story: string } } }
      expect(answer).toMatchObject({ task: { status: 'completed' } })
      return answer.task.result.story
    },
    { timeout: STORY_MS, interval: 250 },
  )
}
