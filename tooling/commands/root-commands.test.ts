import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@brandkit/tooling/free-port'
import { readCommands } from '@brandkit/tooling/read-fences'
import { expect, it, onTestFinished, vi } from 'vitest'
import { surroundings } from '../consumers/create-project.js'

const root = join(import.meta.dirname, '../..')

/** A build of what the command needs, on a machine that does much else. */
const START_MS = 600_000

/** What a stranger types first, at the root of the repository: a command of a page, and what its server answers then. */
it.each([
  { page: 'README.md', command: 'npm start', path: '/', shows: '<div id="root">' },
  { page: 'README.md', command: 'npm run storybook', path: '/index.json', shows: '"taskstatusindicator--docs"' },
  { page: 'examples/hono-pglite/README.md', command: 'npm run example hono-pglite', path: '/', shows: 'EventSource' },
  {
    page: 'examples/vite-react-static/README.md',
    command: 'npm run example vite-react-static',
    path: '/',
    shows: 'main.tsx',
  },
])(
  '$page: $command serves, and ends with Ctrl+C',
  async ({ page, command, path, shows }) => {
    expect(readCommands(page)).toContain(command)
    const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'brandkit-command-'))]
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

    // Storybook takes its port as an option, the others as a variable.
    const line = command.endsWith('storybook') ? `${command} -- --port ${port} --ci` : command
    const env = { ...surroundings(), PORT: String(port), BRANDKIT_DATA: folder, DATA_FOLDER: folder }
    const child = spawn(line, { cwd: root, env, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const ended = once(child, 'close')
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
    const send = (signal: NodeJS.Signals) => {
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, signal)
    }
    onTestFinished(() => send('SIGKILL'))

    const answer = () =>
      fetch(`http://localhost:${port}${path}`).then(
        (response) => response.text(),
        () => said,
      )
    await vi.waitFor(async () => expect(await answer()).toContain(shows), { timeout: START_MS, interval: 500 })

    // A terminal sends it to the whole group. All processes have ended when nobody holds the output any more.
    send('SIGINT')
    await ended
  },
  2 * START_MS,
)
