import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { lockFolder } from '../../src/store/postgres/pglite-lock.js'
import { runBin, runHere } from './run-bin.js'

describe('brandkit, called wrongly', () => {
  it.each([
    [[], 'Usage: brandkit <command> [options]'],
    [['doctr'], 'Did you mean doctor?'],
    [['doctor', '--jsn'], "unknown option '--jsn'"],
    [['migrate'], 'Which database? Give --database, or set DATABASE_URL'],
    [['migrate', '--database', 'mysql://ada:swordfish@db/app'], 'is a mysql:// URL, which is not known'],
    [['migrate', '--to', '18', '--database', './none'], 'There is no migration 18.'],
    [['inspect', '--database', './none'], "missing required argument 'taskId'"],
    [['doctor', '--dotenv', './no-such.env'], 'The file ./no-such.env of --dotenv cannot be read.'],
  ])('%j: ends with 2, and says what to do', async (args, sentence) => {
    const { code, stdout, stderr } = await runHere(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('swordfish')
  })
})

describe('brandkit', () => {
  it('prints help and version, and ends with 0', async () => {
    const [help, version] = await Promise.all([runBin(['migrate', '--help']), runBin(['--version'])])
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--dry-run') })
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it('says in a sentence that Node.js is too old', async () => {
    const old = pathToFileURL(join(import.meta.dirname, '../reliability/old-node.ts')).href
    const { code, stderr } = await runBin(['--version'], { NODE_OPTIONS: `--import=${old}` })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'brandkit needs Node.js 22.12 or newer; this is 20.20.2. Install the current LTS release.\n',
    })
  })

  it('reads variables from a file, and those that are set win', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'brandkit-usage-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, '.env')
    await writeFile(file, `DATABASE_URL="${join(folder, 'from-file')}"\n`)
    const dry = ['migrate', '--dry-run', '--json', '--dotenv', file]
    expect((await runBin(dry)).json()).toMatchObject({ database: expect.stringContaining('from-file') })
    const set = await runBin(dry, { DATABASE_URL: join(folder, 'set') })
    expect(set.json()).toMatchObject({ database: `PGlite in ${join(folder, 'set')}` })
  })

  it('finds the database that a server without a store has made in this folder, except to migrate it', async () => {
    const project = await mkdtemp(join(tmpdir(), "it's 100 % @home "))
    onTestFinished(() => rm(project, { recursive: true, force: true }))
    vi.spyOn(process, 'cwd').mockReturnValue(project)
    expect((await runHere(['doctor'])).stdout).toContain('Not checked: give --database, or set DATABASE_URL.')

    const folder = join(project, '.brandkit', 'tasks')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'PG_VERSION'), '18\n')
    onTestFinished(await lockFolder(folder)) // a server is running
    const [doctor, inspect, migrate] = [
      await runHere(['doctor']),
      await runHere(['inspect', 'nobody']),
      await runHere(['migrate']),
    ]
    expect(doctor).toMatchObject({ code: 0, stdout: expect.stringContaining(`PGlite in ${folder} is open in process`) })
    expect(inspect).toMatchObject({ code: 1, stderr: expect.stringContaining(`${folder} is already open in`) })
    expect(migrate).toMatchObject({ code: 2, stderr: expect.stringContaining('Which database?') })

    vi.stubEnv('NODE_ENV', 'production')
    expect(await runHere(['inspect', 'nobody'])).toMatchObject({ code: 2 })
  })
})
