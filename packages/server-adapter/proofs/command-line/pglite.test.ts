import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { MIGRATIONS } from '../../src/store/postgres/migrations.js'
import { lockFolder } from '../../src/store/postgres/pglite-lock.js'
import { runBin, runHere } from './run-bin.js'

const NUMBERS = MIGRATIONS.map(({ number }) => number)

it('the commands make the folder of a PGlite only when they are asked to, and open none that is in use', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'brandkit-commands-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const folder = join(parent, 'data')
  const at = { DATABASE_URL: folder }

  const dry = await runHere(['migrate', '--dry-run', '--json'], at)
  const early = await runHere(['migrate', '--to', '13'], at)
  const absent = await runHere(['doctor'], at)
  const none = await runHere(['inspect', 'nobody'], at)
  expect(dry.json()).toMatchObject({ from: 0, to: NUMBERS.at(-1), database: `PGlite in ${folder}` })
  expect(dry.json().migrations.map(({ number }) => number)).toEqual(NUMBERS)
  expect(early).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('a new folder begins with the newest schema'),
  })
  expect(absent).toMatchObject({ code: 0, stdout: expect.stringContaining(`There is no database in ${folder} yet.`) })
  expect(none).toMatchObject({ code: 1, stderr: `error: There is no database in ${folder}.\n` })
  expect(existsSync(folder)).toBe(false)

  const made = await runBin(['migrate', '--json'], at)
  expect(made.json()).toMatchObject({ ok: true, from: 0, to: NUMBERS.at(-1) })
  const fine = await runHere(['doctor', '--json'], at)
  expect(fine.json().findings).toContainEqual(expect.objectContaining({ check: 'schema', status: 'ok' }))
  const unknown = await runHere(['inspect', 'nobody', '--json'], at)
  expect(unknown.json()).toMatchObject({ ok: false, error: { code: 'task_not_found' } })

  const unlock = await lockFolder(folder)
  onTestFinished(unlock)
  const refused = await runBin(['migrate'], at)
  const held = await runHere(['doctor'], at)
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`already open in process ${process.pid}`) })
  expect(held).toMatchObject({ code: 0, stdout: expect.stringContaining(`is open in process ${process.pid}.`) })
})
