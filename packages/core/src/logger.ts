import { cutText } from './cut-text.js'
import { describeError } from './describe-error.js'
import * as LIMITS from './limits.js'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Log levels in ascending order: lines below the chosen level are dropped, and `silent` drops all. */
export const LOG_THRESHOLDS = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies (LogLevel | 'silent')[]
export type LogThreshold = (typeof LOG_THRESHOLDS)[number]

/** The prefixes of the log lines, one for each layer. */
export const LOG_SCOPES = ['BackgroundTask', 'TaskService', 'TaskPolling', 'TaskContext', 'App', 'API/Jobs'] as const
export type LogScope = (typeof LOG_SCOPES)[number]

/** Facts beside the message. Never a payload, a result or a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface TaskLogger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A logger whose lines start with `[scope]`. */
  scope(scope: LogScope): TaskLogger
}

export interface LogEntry {
  level: LogLevel
  scope: LogScope | undefined
  message: string
  fields: LogFields
}

/** The destination of log lines: the console, pino, an array in a test. The logger catches errors that a sink throws. */
export type LogSink = (entry: LogEntry) => void

export interface LoggerOptions {
  /** Default: the console. */
  sink?: LogSink | undefined
  scope?: LogScope | undefined
  /** The lowest level that is written. Default `info`: the story of each task, in at most three lines if all goes well. */
  level?: LogThreshold | undefined
}

/**
 * Makes a logger over any sink. A message has at most 16 KB and each field 2 KB; longer text is cut with a sign. Control
 * and bidirectional characters are removed from messages, so that a hostile id or title cannot forge or reverse a line
 * (CWE-117, CVE-2021-42574).
 *
 * Logging never throws: a line that the sink refuses goes to the console instead, and unreadable fields are left out.
 *
 * @throws TypeError for an unknown level
 */
export function createLogger({ sink = consoleSink, scope, level = 'info' }: LoggerOptions = {}): TaskLogger {
  return toLogger({
    threshold: level,
    scope,
    toLine: (message) => withoutControls(toMessage(message)),
    write: sink,
    drops: () => false,
    enter: (next) => createLogger({ sink, scope: next, level }),
  })
}

/**
 * Wraps an app's own logger so that it never throws: a failing log must not fail the work. Default level `debug`, so that
 * the app's logger decides.
 *
 * @throws TypeError for an unknown level
 */
export function guardLogger(
  logger: TaskLogger,
  { scope, level = 'debug' }: Omit<LoggerOptions, 'sink'> = {},
): TaskLogger {
  const enter = (next: LogScope) => {
    try {
      return guardLogger(logger.scope(next), { scope: next, level })
    } catch {
      return guardLogger(logger, { scope: next, level })
    }
  }
  return toLogger({
    threshold: level,
    scope,
    toLine: toMessage,
    write: (entry) => logger[entry.level](entry.message, entry.fields),
    drops: (asked) => isDropped(logger, asked),
    enter,
  })
}

/** The level often comes from an environment variable. */
function assertThreshold(level: LogThreshold): void {
  if (LOG_THRESHOLDS.includes(level)) return
  throw new TypeError(
    `The log level is "${toPrintable(toText(level))}"; it must be one of ${LOG_THRESHOLDS.join(', ')}.`,
  )
}

interface LoggerParts {
  threshold: LogThreshold
  scope: LogScope | undefined
  toLine: (message: unknown) => string
  write: (entry: LogEntry) => unknown
  /** Whether nothing would be written. Asked for each line, because an app may replace the methods of its logger. */
  drops: (level: LogLevel) => boolean
  enter: (scope: LogScope) => TaskLogger
}

function isDropped(logger: TaskLogger, level: LogLevel): boolean {
  try {
    return logger[level] === dropLine
  } catch {
    // A getter of the app's logger throws, as writing the line will.
    return false
  }
}

/** The method of all levels that a logger drops, by which other loggers know it: a dropped line is not even prepared. */
function dropLine(): void {}

function toLogger({ threshold, scope, toLine, write, drops, enter }: LoggerParts): TaskLogger {
  assertThreshold(threshold)
  const lowest = LOG_THRESHOLDS.indexOf(threshold)
  const at = (level: LogLevel) => {
    if (LOG_THRESHOLDS.indexOf(level) < lowest) return dropLine
    return (message: string, fields: LogFields = {}) => {
      if (drops(level)) return
      writeSafely({ level, scope, message: toLine(message), fields: toBounded(fields) }, write)
    }
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), scope: enter }
}

function writeSafely(entry: LogEntry, write: (entry: LogEntry) => unknown): void {
  const rescue = () => {
    try {
      consoleSink(entry)
    } catch {
      // Standard output is closed, so the line is lost.
    }
  }
  try {
    const written = write(entry)
    // A sink may be an async function; its rejection is handled here.
    if (written instanceof Promise) written.catch(rescue)
  } catch {
    rescue()
  }
}

/** Says nothing. */
export const silentLogger: TaskLogger = /* @__PURE__ */ createLogger({ level: 'silent' })

/** Formats a line as `[Scope] message key=value …`. */
export function formatLogEntry({ scope, message, fields }: LogEntry): string {
  let line = scope ? `[${scope}] ${message}` : message
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined) line += ` ${key}=${toPrintable(toText(value))}`
  }
  return line
}

function toBounded(fields: LogFields): LogFields {
  try {
    // Most fields are short.
    if (!Object.values(fields).some(isLong)) return fields
    const entries = Object.entries(fields).map(([key, value]) => [
      key,
      isLong(value) ? cutText(value, LIMITS.textBytes) : value,
    ])
    return Object.fromEntries(entries) as LogFields
  } catch {
    // A revoked proxy, or a getter that throws: the message is written without fields.
    return {}
  }
}

/** A UTF-16 unit takes at most three bytes. */
function isLong(value: unknown): value is string {
  return typeof value === 'string' && value.length * 3 > LIMITS.textBytes
}

function toMessage(message: unknown): string {
  return cutText(toText(message), LIMITS.logMessageBytes)
}

/** JavaScript callers may pass any value, even one that cannot be printed. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : describeError(value)
}

/** Writes to the console. `console` is looked up for every line, so that tools that replace it receive the lines. */
export function consoleSink(entry: LogEntry): void {
  console[entry.level](formatLogEntry(entry))
}

/**
 * A text that is safe to keep and show: at most 2 KB, cut with a sign. A space replaces each C0/C1 control, line separator
 * and bidirectional formatting character (Unicode TR 9).
 */
export function toPrintable(text: string): string {
  return withoutControls(cutText(text, LIMITS.textBytes))
}

function withoutControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ')
}
