import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** What a process has seen happen. `run` names one call of a generator, `at` is this machine's clock in milliseconds. */
export type LedgerLine = { at: number; taskId: string } & (
  | { what: 'created'; kind: TaskKind }
  | { what: 'cancelled' }
  | { what: 'began'; run: string; attempt: number }
  | { what: 'ran'; run: string; step: string }
  | { what: 'kept'; run: string; step: string }
  | { what: 'handed back'; run: string }
  | { what: 'returned'; run: string }
  /** Seen ended in the database. */
  | { what: 'ended'; status: string; version: number; digest: string }
)

/** `plain` succeeds, `flaky` fails its first attempt, `fatal` gives up, `poison` ends the process that runs it. */
export type TaskKind = 'plain' | 'flaky' | 'fatal' | 'poison'

type Entry<L> = L extends LedgerLine ? Omit<L, 'at'> : never

export interface Ledger {
  /** Returns once the line is on the disk: what the ledger says has happened, whatever dies next. */
  write(line: Entry<LedgerLine>): void
  close(): void
}

export function openLedger(folder: string, name: string): Ledger {
  const file = openSync(join(folder, `${name}.jsonl`), 'a')
  return {
    write(line) {
      writeSync(file, `${JSON.stringify({ at: Date.now(), ...line })}\n`)
      fsyncSync(file)
    },
    close: () => closeSync(file),
  }
}

/** All lines of all processes, in the order of time. */
export function readLedger(folder: string): LedgerLine[] {
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as LedgerLine)
    .toSorted((a, b) => a.at - b.at)
}
