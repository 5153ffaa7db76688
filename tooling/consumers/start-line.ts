import { spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { kill, surroundings } from './create-project.js'

/** A command that goes on, such as a server. */
export interface RunningLine {
  /** What it has printed so far, to both streams. */
  printed(): string
  /** Ends it as `kill -9` does, and waits until it is gone. */
  kill(): Promise<void>
}

/**
 * Starts a line of a page, such as `node server.ts`, as a person types it in a terminal of its own. It ends at the latest with
 * the test.
 */
export function startLine(line: string, folder: string, env: NodeJS.ProcessEnv = {}): RunningLine {
  // `exec`, so that the signal reaches the command and not its shell; a group, because `npx` starts a process of its own.
  const child = spawn('/bin/sh', ['-c', `exec ${line}`], {
    cwd: folder,
    env: { ...surroundings(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (printed += text.toString()))
  onTestFinished(() => kill(child))
  return { printed: () => printed, kill: () => kill(child) }
}
