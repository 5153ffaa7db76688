import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from './pglite-lock.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brandkit-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const lockFile = () => join(folder, 'brandkit.lock')

/** The start time as the lock writes it, but of another process. */
async function startOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  }
  return (await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim()
}

describe('lockFolder', () => {
  it('says in one sentence which process has the folder', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(other, 'spawn')
    try {
      await writeFile(lockFile(), JSON.stringify({ pid: other.pid, startedAt: await startOf(other.pid ?? 0) }))
      await expect(lockFolder(folder)).rejects.toMatchObject({
        code: 'store_unavailable',
        message: `The data folder ${folder} is already open in process ${other.pid}. Stop that process, or choose another folder with postgresStore('./other-folder').`,
      })
    } finally {
      other.kill('SIGKILL')
      await once(other, 'exit')
    }
    // A killed process could not clean up.
    const unlock = await lockFolder(folder)
    await unlock()
  })

  it('opens a folder that was copied while another process had it open', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(other, 'spawn')
    const copy = `${folder}-copy`
    try {
      const unlock = await lockFolder(folder)
      const lock = JSON.parse(await readFile(lockFile(), 'utf8')) as object
      await unlock()
      const startedAt = await startOf(other.pid ?? 0)
      await writeFile(lockFile(), JSON.stringify({ ...lock, pid: other.pid, startedAt }))
      await cp(folder, copy, { recursive: true })
      const unlockCopy = await lockFolder(copy)
      await unlockCopy()
      await expect(lockFolder(folder)).rejects.toThrow(`is already open in process ${other.pid}.`)
      // The same folder under another name, or a folder that another disk has put in its place.
      await rm(copy, { recursive: true })
      await rename(folder, copy)
      await expect(lockFolder(copy)).rejects.toThrow(`is already open in process ${other.pid}.`)
    } finally {
      await rm(copy, { recursive: true, force: true })
      other.kill('SIGKILL')
      await once(other, 'exit')
    }
  })

  it('never tells a process to stop itself', async () => {
    const unlock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow(
      `The data folder ${folder} is already open in another thread of this process. Open it in one thread only, or choose`,
    )
    await unlock()
  })

  it('takes over from a dead process whose number another one has now', async () => {
    await writeFile(lockFile(), JSON.stringify({ pid: process.ppid, startedAt: 'some other day' }))
    const unlock = await lockFolder(folder)
    expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid })
    await unlock()
  })

  it('takes over a lock that was never written to its end', async () => {
    await writeFile(lockFile(), '{"pid":')
    const unlock = await lockFolder(folder)
    expect(JSON.parse(await readFile(lockFile(), 'utf8'))).toMatchObject({ pid: process.pid })
    await unlock()
  })

  it('lets one of many have the lock of a dead process', async () => {
    await writeFile(lockFile(), JSON.stringify({ pid: 2 ** 30, startedAt: '1' }))
    const attempts = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('leaves nothing behind', async () => {
    const unlock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'store_unavailable' })
    expect(await readdir(folder)).toEqual(['brandkit.lock'])
    await unlock()
    expect(await readdir(folder)).toEqual([])
  })
})
