import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { launchOptions } from '@brandkit/tooling/chromium'
import { freePort } from '@brandkit/tooling/free-port'
import { chromium } from 'playwright'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bringServices } from '../../bring-services.ts'
import { variablesOf } from '../../open-example.ts'
import { createTask, readTask } from '../ask-api.ts'
import { expectAnswer, openInTest } from '../open-in-test.ts'

describe.each(['next-postgres', 'next-qstash'])('%s, opened by its command', (name) => {
  it('completes a task', async () => {
    const url = await openInTest(name)
    const taskId = await createTask(url, 'WRITE_STORY', { about: 'a whale' })
    await expect
      .poll(() => readTask(url, taskId))
      .toMatchObject({ status: 'completed', result: { story: 'Once there was a whale in a storm.' } })
  })
})

describe.each(['next-postgres', 'next-qstash'])('%s, built for production', (name) => {
  it('shows the story of its button again after a reload', async () => {
    const url = await startBuilt(name)
    const browser = await chromium.launch({ ...launchOptions, headless: true })
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    await page.goto(url)
    await page.getByRole('button', { name: 'Write a story' }).click()
    const story = page.getByText('Once there was a lighthouse in a storm.')
    await story.waitFor()
    await page.reload()
    await story.waitFor()
    expect(await story.count()).toBe(1)
  })
})

/** `next build`, then `next start` with services of its own until the test ends. */
async function startBuilt(name: string): Promise<string> {
  const app = join(import.meta.dirname, '../..', name)
  const next = join(app, 'node_modules/next/dist/bin/next')
  const services = await bringServices(variablesOf(app))
  onTestFinished(() => services.stop())
  const port = await freePort()
  const env = { ...process.env, ...services.env, NODE_ENV: 'production' as const, PORT: String(port) }
  await promisify(execFile)(process.execPath, [next, 'build'], { cwd: app, env })
  const child = spawn(process.execPath, [next, 'start'], { cwd: app, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  onTestFinished(async () => {
    const gone = once(child, 'exit')
    child.kill()
    await gone
  })
  const url = `http://127.0.0.1:${port}`
  await expectAnswer(url, () => said)
  return url
}
