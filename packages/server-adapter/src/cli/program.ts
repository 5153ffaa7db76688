import { Command, InvalidArgumentError, Option } from 'commander'
import type { DoctorOptions } from './doctor/diagnose.js'
import { findLaptopDatabase } from './laptop-database.js'
import { readManifest } from './manifest.js'
import { type ExitCode, printReport } from './report.js'
import type { Terminal } from './terminal.js'
import { readPlace, UsageError } from './usage-error.js'

interface CommonOptions {
  json?: true
  database?: string
}

/**
 * The commands. Each loads its code when it is called, so that `--help` loads no database driver.
 *
 * @param end gets the exit code of the command that ran
 */
export function createProgram(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const { version, homepage } = readManifest()
  const program = new Command('brandkit')
    .usage('<command> [options]')
    .description('Examines and migrates what @brandkit/server-adapter works with.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    })
    .showHelpAfterError('(--help lists the options)')
    .addHelpText(
      'after',
      `\nEnds with 0 when all is well, 1 when a check failed, 2 when it was called wrongly.\nGuide: ${homepage}`,
    )

  command(program, 'doctor', 'Checks database, Redis, QStash, mounts and packages.')
    .addOption(new Option('--redis <url>', 'the Redis of bullmqQueue').env('REDIS_URL'))
    .addOption(new Option('--public-url <url>', 'publicUrl of qstashQueue').env('PUBLIC_URL'))
    .option('--url <url>', 'a mount to ask, such as http://localhost:3000/api/jobs; repeatable', append)
    .option('--origin <origin>', 'an origin that the mounts must allow; repeatable', append)
    .option('--strict', 'a warning counts as a failure')
    .action(async ({ json, ...options }: CommonOptions & DoctorOptions) => {
      const { diagnose } = await import('./doctor/diagnose.js')
      const database = options.database ?? findLaptopDatabase()
      end(await printReport(() => diagnose({ ...options, database }, terminal), { terminal, json }))
    })

  command(program, 'migrate', 'Brings the schema of a Postgres or PGlite up to date.')
    .option('--dry-run', 'prints the SQL, and changes nothing')
    .option('--to <migration>', 'the number of the last migration to apply', toNumber)
    .action(async ({ json, database, dryRun = false, to }: CommonOptions & { dryRun?: boolean; to?: number }) => {
      const place = readPlace(database)
      const { migrateDatabase } = await import('./migrate/migrate-database.js')
      end(await printReport(() => migrateDatabase({ place, dryRun, to }), { terminal, json }))
    })

  command(program, 'inspect', 'Prints the life of a task.')
    .argument('<taskId>', 'its id')
    .action(async (taskId: string, { json, database }: CommonOptions) => {
      const place = readPlace(database ?? findLaptopDatabase())
      const { inspectTask } = await import('./inspect/inspect-task.js')
      end(await printReport(() => inspectTask({ place, taskId, terminal }), { terminal, json }))
    })

  return program
}

function command(program: Command, name: string, description: string): Command {
  return (
    program
      .command(name)
      .description(description)
      .addOption(new Option('--database <place>', 'URL of a Postgres, or folder of a PGlite').env('DATABASE_URL'))
      .option('--json', 'prints JSON for programs')
      // Not `--env-file`: Node.js takes that for itself, wherever it stands.
      .option('--dotenv <file>', 'reads variables from a file, such as .env; those that are set win')
      // The variables of the other options are read after all arguments.
      .on('option:dotenv', loadVariables)
  )
}

function loadVariables(file: string): void {
  try {
    process.loadEnvFile(file)
  } catch (cause) {
    throw new UsageError(`The file ${file} of --dotenv cannot be read.`, { cause })
  }
}

function append(value: string, before: string[] = []): string[] {
  return [...before, value]
}

function toNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is the number of a migration.')
}
