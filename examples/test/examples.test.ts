import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { launchOptions } from '@brandkit/tooling/chromium'
import { serveFolder } from '@brandkit/tooling/serve-folder'
import { chromium } from 'playwright'
import { build } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTask, readTask } from './ask-api.ts'
import { openInTest } from './open-in-test.ts'

const root = join(import.meta.dirname, '..')
const names = globSync('*/package.json', { cwd: root }).map((file) => dirname(file))

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'brandkit-example-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

describe.each(names)('the example %s', (name) => {
  it('is small, and one command in its README opens it', () => {
    const lines = globSync('**/*.{ts,tsx,html}', { cwd: join(root, name), exclude: ['node_modules', 'dist', '.next'] })
      .filter((file) => !file.endsWith('.d.ts'))
      .flatMap((file) => readFileSync(join(root, name, file), 'utf8').split('\n'))
    expect(lines.filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(80)
    expect(readFileSync(join(root, name, 'README.md'), 'utf8')).toContain(
      `\n\`\`\`bash\nnpm run example ${name}\n\`\`\`\n`,
    )
  })
})

describe('the command that opens an example', () => {
  it.each([
    [['hono-pglit'], 'There is no example "hono-pglit".\n'],
    [[], ''],
  ])('names them all when it is called with %j', (args, reason) => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'main.ts'), ...args], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toBe(`${reason}Name an example: npm run example ${names.toSorted().join(' | ')}\n`)
  })

  it('says that the port is in use, before it builds anything', async () => {
    const server = createServer().listen(0)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const env = { ...process.env, PORT: String(port) }
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'main.ts'), 'hono-pglite'], {
      encoding: 'utf8',
      env,
    })
    expect(status).toBe(1)
    expect(stderr).toBe(`Port ${port} is in use; stop what listens there or set PORT to another one.\n`)
  })
})

describe('hono-pglite', () => {
  it('writes a story and shows it on its page', async () => {
    const url = await openInTest('hono-pglite', { DATA_FOLDER: await temporaryFolder() })
    expect(await (await fetch(url)).text()).toContain('<title>Stories in the background</title>')
    const taskId = await createTask(url, 'WRITE_STORY', { about: 'a whale' })
    await expect.poll(() => readTask(url, taskId)).toMatchObject({ status: 'completed' })
    expect((await readTask(url, taskId)).result).toEqual({
      story: ['The beginning', 'The storm', 'The morning']
        .map((title) => `${title}. Once there was a whale.`)
        .join('\n'),
    })
  })
})

describe('express-bullmq', () => {
  it('sends letters in the worker, which is another process than the server', async () => {
    const url = await openInTest('express-bullmq')
    const taskId = await createTask(url, 'SEND_LETTERS', { readers: 3 })
    await expect.poll(() => readTask(url, taskId)).toMatchObject({ status: 'completed', result: { sent: 3 } })
    const health = await (await fetch(`${url}/api/jobs?action=health`)).json()
    expect(health).toMatchObject({ parts: { worker: 'none' } })
  })
})

describe('vite-react-static', () => {
  it('runs its tasks inside the page, from any folder of a host without a backend', async () => {
    const outDir = join(await temporaryFolder(), 'some/folder')
    await build({ root: join(root, 'vite-react-static'), build: { outDir }, logLevel: 'error' })
    const host = await serveFolder(dirname(dirname(outDir)))
    onTestFinished(() => host.close())
    const browser = await chromium.launch({ ...launchOptions, headless: true })
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))

    await page.goto(`${host.url}/some/folder/index.html`)
    await page.getByRole('button', { name: 'Write a story' }).click()
    await page.getByText('The morning. Once there was a lighthouse.').waitFor()
    expect(asked.filter((url) => url.includes('/api/jobs'))).toEqual([])
  })
})
