import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createProject, type Project } from './create-project.js'
import { openStoryPage } from './open-story-page.js'
import { readGuide } from './read-guide.js'
import { requestStory } from './request-story.js'

/** A person who follows the guide of Next to the letter, in an empty folder. */
describe('Next, App Router', () => {
  let project: Project
  let built = ''

  beforeAll(async () => {
    project = await createProject()
    const { files, commands } = readGuide('frameworks/next')
    const [install = ''] = commands
    await project.run('/bin/sh', ['-e', '-c', install])
    const first = readGuide('start/backend').files
    await project.write({ 'catalog.ts': first['catalog.ts']!, 'generators.ts': first['generators.ts']!, ...files })
    built = await project.run('next', ['build'], SILENT)
  })
  afterAll(() => project?.remove())

  it('is built without a warning', () => {
    expect(built).toContain('/api/jobs')
    expect(built).not.toMatch(/warn|⚠|deprecat/i)
  })

  it('completes a task in `next start`, for the guest who has created it', async () => {
    const origin = await project.serve('next', (port) => ['start', '-p', port], SILENT)
    const guest = await becomeGuest(origin)
    expect(await requestStory(origin, guest)).toContain('Once there was a lighthouse.')

    const list = (headers: Record<string, string>) => fetch(`${origin}/api/jobs?action=list`, { headers })
    expect(await (await list(guest)).json()).toMatchObject({ tasks: [{ type: 'WRITE_STORY' }] })
    expect(await (await list(await becomeGuest(origin))).json()).toMatchObject({ tasks: [] })
    expect((await list({})).status).toBe(401)
    const forged = { cookie: guest['cookie']!.replace(/guest=guest/, 'guest=admin') }
    expect((await list(forged)).status).toBe(401)
  })

  it('shows panel, toast and story on its page, and the story again after a reload', async () => {
    const origin = await project.serve('next', (port) => ['start', '-p', port], SILENT)
    expect(await openStoryPage(origin)).toEqual([])
  })

  it('runs a changed generator in `next dev`, without a restart', async () => {
    const origin = await project.serve('next', (port) => ['dev', '-p', port], SILENT)
    const guest = await becomeGuest(origin)
    expect(await requestStory(origin, guest)).toContain('Once there was a lighthouse.')

    const generators = await readFile(join(project.folder, 'generators.ts'), 'utf8')
    await project.write({ 'generators.ts': generators.replace('Once there was', 'Long ago lived') })
    await vi.waitFor(
      async () => expect(await requestStory(origin, guest)).toContain('Long ago lived a lighthouse.'),
      CHANGE,
    )
  })
})

const SILENT = { NEXT_TELEMETRY_DISABLED: '1' }

/** A task that was created before Next had compiled the change is one of the old generator. */
const CHANGE = { timeout: 120_000, interval: 500 }

/** Opens the page as a new browser does, and keeps its cookie. */
async function becomeGuest(origin: string): Promise<Record<string, string>> {
  const response = await fetch(origin)
  expect(response.status).toBe(200)
  const [cookie = ''] = response.headers.getSetCookie()
  return { cookie: cookie.split(';')[0]! }
}
