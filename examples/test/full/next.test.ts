import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { launchOptions } from '@brandkit/tooling/chromium'
import { freePort } from '@brandkit/tooling/free-port'
import { startPostgres } from '@brandkit/tooling/postgres'
import { chromium } from 'playwright'
import { describe, expect, it, onTestFinished } from 'vitest'
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

describe('next-postgres, built for production', () => {
  it('shows the story of its button again after a reload', async () => {
    const url = await startBuilt(join(import.meta.dirname, '../../next-postgres'))
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

/** `next build`, then `next start` on a database of its own until the test ends. */
async function startBuilt(app: string): Promise<string> {
  const next = join(app, 'node_modules/next/dist/bin/next')
  const postgres = await startPostgres()
  onTestFinished(() => postgres.stop())
  const port = await freePort()
  const env = { ...process.env, NODE_ENV: 'production', DATABASE_URL: postgres.connectionString, PORT: String(port) }
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
