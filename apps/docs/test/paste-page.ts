import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readFences } from '@brandkit/tooling/read-fences'
import { onTestFinished } from 'vitest'

// Inside this workspace, so that the files find what an app has installed.
const snippets = join(import.meta.dirname, '../.snippets-run')

export interface PastedPages {
  folder: string
  /** The blocks of commands of all pages, in their order. */
  commands: string[]
}

/**
 * Pastes the files of pages into a new folder, as a reader does who follows one after the other.
 *
 * @param replacements what stands in place of ports, because tests run beside others, and of times
 */
export function pastePages(pages: readonly string[], replacements: Readonly<Record<string, number>>): PastedPages {
  const here = (text: string) =>
    Object.entries(replacements).reduce((result, [there, own]) => result.replaceAll(there, String(own)), text)
  mkdirSync(snippets, { recursive: true })
  const folder = mkdtempSync(join(snippets, 'page-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const fences = pages.flatMap(readFences)
  for (const { language, file, source } of fences) {
    if (language === 'ts' && file !== undefined) writeFileSync(join(folder, file), here(source))
  }
  return {
    folder,
    commands: fences.flatMap(({ language, source }) => (language === 'bash' ? [here(source.trim())] : [])),
  }
}

export interface RunningCommand {
  /** What it has printed. */
  output: () => string
  /** Sends SIGTERM. Resolves to the exit code. */
  stop: () => Promise<number | null>
}

/** Starts a command of a page, such as `node server.ts`, and ends it at the latest with the test. */
export function startCommand(command: string, folder: string, variables: NodeJS.ProcessEnv = {}): RunningCommand {
  // `exec`, so that signals reach the program and not its shell.
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables }
  const child = spawn('bash', ['-c', `exec ${command}`], { cwd: folder, env })
  const ended = once(child, 'exit') as Promise<[number | null]>
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code] = await ended
    return code
  }
  onTestFinished(() => void stop('SIGKILL'))
  return { output: () => output, stop: () => stop('SIGTERM') }
}

/** Runs a command of a page to its end, and gives what it has printed. It rejects if the command fails. */
export async function runCommand(command: string, folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { cwd: folder })
  return stdout
}
