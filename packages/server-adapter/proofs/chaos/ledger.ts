import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** An event that a process has seen. `run` names one call of a generator, `at` is this machine's clock in milliseconds. */
export type LedgerLine = { at: number; taskId: string } &
  /** `after`: the ids of the tasks that it follows. */
  (
    | { what: 'created'; kind: TaskKind; after?: string[] }
    | { what: 'cancelled' }
    | { what: 'began'; run: string; attempt: number }
    /** `step`: also the key of an item, which is no key of a step. */
    | { what: 'ran'; run: string; step: string }
    | { what: 'kept'; run: string; step: string }
    | { what: 'handed back'; run: string }
    | { what: 'returned'; run: string }
    /** The receiver of notices was told of the end. */
    | { what: 'told'; id: string; status: string; version: number }
    /** The task has ended in the database. */
    | { what: 'ended'; status: string; version: number; digest: string }
  )

/** `plain` succeeds, `flaky` fails its first attempt, `fatal` gives up, `poison` ends its worker's process. */
export type TaskKind = 'plain' | 'flaky' | 'fatal' | 'poison'

type Line<W extends LedgerLine['what']> = Extract<LedgerLine, { what: W }>

export function linesOf<W extends LedgerLine['what']>(lines: readonly LedgerLine[], what: W): Line<W>[] {
  return lines.filter((line): line is Line<W> => line.what === what)
}

type Entry<L> = L extends LedgerLine ? Omit<L, 'at'> : never

export interface Ledger {
  /** Returns once the line is on the disk, so that it survives the death of the process. */
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

/** The lines of all processes, ordered by time. */
export function readLedger(folder: string): LedgerLine[] {
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as LedgerLine)
    .toSorted((a, b) => a.at - b.at)
}
