import { describeError, errorCodeOf, isTaskError } from '@brandkit/core'
import type { Terminal } from './terminal.js'
import { UsageError } from './usage-error.js'

/** 0: fine. 1: a check failed, or the command could not do what it was asked for. 2: the command was called wrongly. */
export type ExitCode = 0 | 1 | 2

/** What a command has found or done. */
export interface Report {
  /** False: the command ends with 1. */
  ok: boolean
  /** What `--json` prints. */
  json: object
  /** What a person reads. */
  text: string
}

/**
 * Prints the report of a command, or why there is none.
 *
 * @throws UsageError as it comes
 */
export async function printReport(
  work: () => Promise<Report>,
  { terminal, json }: { terminal: Terminal; json: boolean | undefined },
): Promise<ExitCode> {
  try {
    const report = await work()
    terminal.print(json ? toJson(report.json) : report.text)
    return report.ok ? 0 : 1
  } catch (error) {
    if (error instanceof UsageError) throw error
    const message = isTaskError(error) || error instanceof Error ? error.message : describeError(error)
    const code = errorCodeOf(error)
    if (json) terminal.print(toJson({ ok: false, error: { ...(code !== undefined && { code }), message } }))
    else terminal.complain(`error: ${message}`)
    return 1
  }
}

function toJson(value: object): string {
  return JSON.stringify(value, null, 2)
}
