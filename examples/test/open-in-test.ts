import { freePort } from '@brandkit/tooling/free-port'
import { expect, onTestFinished } from 'vitest'
import { openExample } from '../open-example.ts'

/** Opens the example as its README's command does, and resolves to its address when it answers. It ends with the test. */
export async function openInTest(name: string, env: Record<string, string> = {}): Promise<string> {
  const port = await freePort()
  let said = ''
  const write = (text: string) => void (said += text)
  const example = await openExample(name, { env: { ...env, PORT: String(port) }, write })
  onTestFinished(() => example.close())
  const url = `http://localhost:${port}`
  await expectAnswer(url, () => said)
  return url
}

/** Resolves when the task server at this address answers. `said`: what a failure should show. */
export async function expectAnswer(url: string, said: () => string): Promise<void> {
  const answer = () =>
    fetch(`${url}/api/jobs?action=list`).then(
      ({ status }) => status,
      () => said(),
    )
  await expect.poll(answer, { interval: 200 }).toBe(200)
}
