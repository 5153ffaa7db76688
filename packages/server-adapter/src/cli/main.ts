import { CommanderError } from 'commander'
import { createProgram } from './program.js'
import type { ExitCode } from './report.js'
import { createTerminal, type Streams, type Terminal } from './terminal.js'
import { UsageError } from './usage-error.js'

/** The variables whose values are secret as a whole. */
const SECRETS = ['QSTASH_TOKEN', 'QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY']

/**
 * Runs `npx @brandkit/server-adapter …` and ends the process.
 *
 * @param args what stands behind the name of the program
 */
export async function main(args: readonly string[]): Promise<void> {
  const { stdout, stderr } = process
  // A reader such as `head` closes the pipe when it has enough.
  stdout.on('error', () => process.exit())
  const code = await run(args, { stdout, stderr })
  // The end of a process would cut off what a pipe has not taken yet.
  for (const stream of [stdout, stderr]) await new Promise((resolve) => stream.write('', resolve))
  // A server that hangs must not keep the process.
  process.exit(code)
}

/** Runs a command within this process, with its variables. */
export async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const terminal = createTerminal(streams, { secretsIn: SECRETS })
  let code: ExitCode = 0
  const program = createProgram(terminal, (end) => {
    code = end
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    return toExitCode(error, terminal)
  }
}

function toExitCode(error: unknown, terminal: Terminal): ExitCode {
  // commander has printed its message, or what was asked for: help, or the version.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (!(error instanceof UsageError)) throw error
  terminal.complain(`error: ${error.message}`)
  return 2
}
