import { freePort } from '@brandkit/tooling/free-port'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createProject, type Files, type Project } from './create-project.js'
import { openStoryPage } from './open-story-page.js'
import { readGuide, withFakeService } from './read-guide.js'
import { startLine } from './start-line.js'

/**
 * A person who follows the first guide and then the second one to the letter, in an empty folder. It prints how long that
 * took, and fails only if a step fails: the time is that of the machine and of its network.
 */
describe('the first task', () => {
  const { files, commands } = readGuide('start/backend')
  const [install = '', serve = '', create = '', watch = ''] = commands
  let project: Project
  let installed = 0

  beforeAll(async () => {
    project = await createProject()
    const began = performance.now()
    await project.run('/bin/sh', ['-e', '-c', install])
    await project.write(files)
    installed = performance.now() - began
  })
  afterAll(() => project?.remove())

  /** Does what the page says in the terminal of the server, and asks for a story in another one. */
  const requestStory = async (port: string, env: NodeJS.ProcessEnv = {}) => {
    const server = startLine(serve, project.folder, { PORT: port, ...env })
    // A person would see when the server listens. `-w` adds the status that the page names.
    const line = `${at(port, create)} -w '%{http_code}'`
    const answer = await vi.waitFor(() => project.run('/bin/sh', ['-c', line]), CONDITION)
    expect(answer.slice(-3)).toBe('202')
    const { task } = JSON.parse(answer.slice(0, -3)) as { task: { taskId: string } }
    return { server, events: startLine(at(port, watch), project.folder), taskId: task.taskId }
  }

  it('the server: ends with a story, which curl follows', async () => {
    const began = performance.now()
    const port = String(await freePort())
    const { events, taskId } = await requestStory(port)
    await vi.waitFor(() => expect(newestOf(events.printed(), taskId)).toMatchObject({ status: 'completed' }), CONDITION)
    expect(await resultOf(port, taskId)).toContain('Once there was a lighthouse.')
    tell('backend', { npm: installed, 'server and task': performance.now() - began })
  })

  it('the server: goes on after `kill -9`, and writes nothing twice', async () => {
    const port = String(await freePort())
    // A reader has two seconds for the second chapter; a test takes the time that it needs.
    onTestFinished(() => project.write(files))
    await project.write({ 'generators.ts': withLog(files['generators.ts']!) })
    const { server, events, taskId } = await requestStory(port, { SLOW: 'The storm' })
    const chapters = { key: 'chapters', status: 'running', items: { done: 1, total: 3 } }
    await vi.waitFor(() => {
      const steps = [{ key: 'outline', status: 'completed' }, chapters]
      expect(newestOf(events.printed(), taskId)).toMatchObject({ status: 'processing', steps })
      expect(logOf(server.printed())).toEqual(['outline', 'The beginning', 'The storm'])
    }, CONDITION)
    await server.kill()

    const again = startLine(serve, project.folder, { PORT: port })
    const story = await vi.waitFor(() => resultOf(port, taskId), CONDITION)
    expect(story.match(/The \w+\./g)).toEqual(['The beginning.', 'The storm.', 'The morning.'])
    expect(logOf(again.printed())).toEqual(['The storm', 'The morning'])
  })

  describe('the app', () => {
    const guide = readGuide('start/react')
    const [make = '', add = '', copy = '', open = '', addFake = ''] = guide.commands
    const { 'src/fake-service.ts': fakeService = '', ...own } = guide.files
    const times: Record<string, number> = {}

    beforeAll(async () => {
      const began = performance.now()
      // npm asks whether it may fetch the maker of the app.
      await project.run('/bin/sh', ['-e', '-c', make], { npm_config_yes: 'true' })
      times['create'] = performance.now() - began
      await copyFile(join(project.folder, '.npmrc'), join(project.folder, APP, '.npmrc'))
      await runInApp(project, add)
      times['npm'] = performance.now() - began - times['create']
      await runInApp(project, copy)
      await project.write(inApp(own))
    })

    it('shows the story of the server, again after a reload, and in a second tab', async () => {
      const began = performance.now()
      const port = String(await freePort())
      startLine(serve, project.folder, { PORT: port })
      await vi.waitFor(() => fetch(`http://localhost:${port}`), CONDITION)
      const url = await openApp(project, open, port)
      expect(await openStoryPage(url, { secondTab: true })).toEqual([])
      tell('react', { ...times, 'app, story, reload and second tab': performance.now() - began })
    })

    it('is checked and built by the script of its template', async () => {
      expect(await runInApp(project, 'npm run build')).toContain('built in')
    })

    it('needs no server with the fake service', async () => {
      await runInApp(project, addFake)
      const { 'src/App.tsx': app = '' } = own
      await project.write(inApp({ 'src/fake-service.ts': fakeService, 'src/App.tsx': withFakeService(app) }))
      const url = await openApp(project, open, String(await freePort()))
      // A server in the page forgets with the page.
      expect(await openStoryPage(url, { reload: false })).toEqual([])
      expect(await runInApp(project, 'npm run build')).toContain('built in')
    })
  })
})

/** The folder that the React guide makes. */
const APP = 'story-app'

const inApp = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`${APP}/${name}`, text]))

const runInApp = (project: Project, line: string) => project.run('/bin/sh', ['-e', '-c', `cd ${APP}\n${line}`])

/** Starts Vite as the page says, with a server at that port, and gives the address that it prints. */
function openApp(project: Project, line: string, port: string): Promise<string> {
  const vite = startLine(line, join(project.folder, APP), { BACKEND_PORT: port })
  return vi.waitFor(() => {
    const printed = stripVTControlCharacters(vite.printed())
    const [, url] = /Local:\s+(\S+)/.exec(printed) ?? []
    if (url === undefined) throw new Error(`Vite has printed no address.\n${printed}`)
    return url
  }, CONDITION)
}

/** The longest that a slow machine needs for anything. */
const CONDITION = { timeout: 120_000, interval: 100 }

const at = (port: string, line: string) => line.replace('http://localhost:3000', `http://localhost:${port}`)

/** The story of a task that has ended. */
async function resultOf(port: string, taskId: string): Promise<string> {
  const response = await fetch(`http://localhost:${port}/api/jobs?action=status&taskId=${taskId}`)
  const answer = (await response.json()) as { task: { result: { story: string } } }
  expect(answer).toMatchObject({ task: { status: 'completed' } })
  return answer.task.result.story
}

/** What the stream of events has said of a task last. */
function newestOf(printed: string, taskId: string): object | undefined {
  // The last line may have come in part.
  const messages = [...printed.matchAll(/^data: (.+)\n/gm)].map(([, json = '']) => JSON.parse(json) as News)
  return messages.flatMap(({ tasks = [] }) => tasks).findLast((task) => task.taskId === taskId)
}

interface News {
  tasks?: { taskId: string }[]
}

/** The generators, which say what they do; the second chapter takes the time that `SLOW` gives it. */
function withLog(generators: string): string {
  return generators
    .replace('await wait(1_000', "console.log('wrote outline'); await wait(1_000")
    .replace(
      'await wait(2_000',
      'console.log(`wrote ${title}`); await wait(title === process.env.SLOW ? 600_000 : 2_000',
    )
}

const logOf = (printed: string) => [...printed.matchAll(/^wrote (.+)$/gm)].map(([, what]) => what)

/** Prints the time of a page, from the milliseconds of its parts. */
function tell(page: string, parts: Record<string, number>): void {
  const sum = Object.values(parts).reduce((total, ms) => total + ms)
  const list = Object.entries(parts).map(([name, ms]) => `${name} ${seconds(ms)}`)
  console.log(`docs/start/${page}.md: ${seconds(sum)} (${list.join(', ')}).`)
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
