import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLogger, formatLogEntry, LOG_SCOPES, type LogEntry, silentLogger, toPrintable } from './logger.js'

afterEach(() => {
  vi.restoreAllMocks()
})

function createRecorder() {
  const entries: LogEntry[] = []
  return { entries, logger: createLogger({ sink: (entry) => entries.push(entry) }) }
}

describe('createLogger', () => {
  it.each(LOG_SCOPES)('starts lines of its scope with [%s]', (scope) => {
    const { entries, logger } = createRecorder()
    logger.scope(scope).info('Task created', { taskId: 'a', attempt: 1, parent: undefined })
    expect(entries.map(formatLogEntry)).toEqual([`[${scope}] Task created taskId=a attempt=1`])
  })

  it('has no prefix without a scope', () => {
    const { entries, logger } = createRecorder()
    logger.info('Listening')
    expect(entries.map(formatLogEntry)).toEqual(['Listening'])
  })

  it.each(['debug', 'info', 'warn', 'error'] as const)('hands level %s to the sink', (level) => {
    const { entries, logger } = createRecorder()
    logger[level]('x')
    expect(entries[0]?.level).toBe(level)
  })

  it('leaves a scope by entering another', () => {
    const { entries, logger } = createRecorder()
    logger.scope('App').scope('TaskPolling').warn('x')
    expect(entries.map(formatLogEntry)).toEqual(['[TaskPolling] x'])
  })

  it('writes to the console that is there when the line is written', () => {
    const logger = createLogger({ scope: 'App' })
    const info = vi.spyOn(console, 'info').mockImplementation(() => {})
    logger.info('Provider ready')
    expect(info).toHaveBeenCalledExactlyOnceWith('[App] Provider ready')
  })

  it('cannot be made to forge a line, by message or by field', () => {
    const { entries, logger } = createRecorder()
    logger.scope('API/Jobs').info('id a\n[App] Paid', { title: 'x\r\n[App] Paid\u2028[App] Paid' })
    expect(entries.map(formatLogEntry)).toEqual(['[API/Jobs] id a [App] Paid title=x  [App] Paid [App] Paid'])
  })
})

describe('toPrintable', () => {
  it.each(['\0', '\n', '\r', '\u001b', '\u007f', '\u0085', '\u061c', '\u200e', '\u2028', '\u202e', '\u2066', '\u2069'])(
    'takes out %j',
    (character) => {
      expect(toPrintable(`a${character}b`)).toBe('a b')
    },
  )

  it('keeps every script, accents and emoji', () => {
    const text = 'Größe – مرحبا – 日本語 – 👩‍💻'
    expect(toPrintable(text)).toBe(text)
  })
})

describe('silentLogger', () => {
  it('says nothing, in no scope', () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => {})
    silentLogger.scope('App').info('x')
    expect(info).not.toHaveBeenCalled()
  })
})
