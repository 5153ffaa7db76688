import { TASK_ERRORS, TaskError, type TaskErrorCode } from '@brandkit/core'
import { afterEach, describe, expect, it } from 'vitest'
import { ends } from '../../test/ends.js'
import { createFakeTaskServer } from '../../test/fake-task-server.js'
import { LOCALES } from '../../test/locales.js'
import { renderTasks } from '../../test/render-tasks.js'
import { createTranslate } from '../labels/translate.js'
import type { TaskLabels } from '../locales/task-labels.js'
import '../styles.css'
import { TaskStatusIndicator } from './task-status-indicator/task-status-indicator.js'

/** What servers and clients may say to developers. */
const TEAM_TALK = 'Send a token, check that a task server is mounted, or give TaskProvider a userId (see the README).'
/** Words that only developers understand. */
const DEVELOPER_WORDS =
  /\b(token|mount\w*|readme|authenticat\w*|payload|generator|worker|json|schema|catalog|TaskProvider|userId|header|https?|stack|database|lease|server|idempotency|api|undefined|null|NaN)\b/i
/** A generator or the app's `authorize` writes the messages of these codes for users. */
const WRITTEN_FOR_USERS = new Set(['generator_failed', 'generator_refused', 'dependency_failed', 'forbidden'])
const OURS = (Object.keys(TASK_ERRORS) as TaskErrorCode[]).filter((code) => !WRITTEN_FOR_USERS.has(code))

afterEach(() => localStorage.clear())

describe.each(Object.entries(LOCALES))('in %s', (locale, labels: TaskLabels) => {
  const translate = createTranslate({ locale, labels })

  it('no label speaks to developers', () => {
    const { types: _types, steps: _steps, ...texts } = labels
    const all = Object.values(texts).flatMap((text) => (typeof text === 'string' ? text : Object.values(text)))
    expect(all.length).toBeGreaterThan(100)
    for (const text of all) expect(text).not.toMatch(DEVELOPER_WORDS)
  })

  it.each(OURS)('a failure and a refusal with the code %s are told in plain words', (code) => {
    const error = new TaskError(code, TEAM_TALK)
    const said = [
      translate.problem(error),
      translate.failure('failure.retry', error),
      translate.cause({ errorCode: code, lastError: TEAM_TALK }),
      translate.nextAction(code),
    ]
    expect(said).not.toContain('')
    expect(said.join(' ')).not.toMatch(DEVELOPER_WORDS)
  })

  it('what a generator or the app has written for users stays as it is', () => {
    const lastError = 'The budget is too small for four weeks.'
    for (const errorCode of ['generator_failed', 'generator_refused', 'dependency_failed'] as const)
      expect(translate.cause({ errorCode, lastError })).toBe(lastError)
    expect(translate.problem(new TaskError('forbidden', 'Ask Ada.'))).toBe('Ask Ada.')
  })
})

describe('a panel with a failure of every code', () => {
  it('shows no word for developers, and no sentence twice', async () => {
    const server = createFakeTaskServer()
    for (const code of OURS) server.seed({ ...ends.failed(TEAM_TALK, code), title: code.replaceAll('_', ' ') })
    const { screen } = await renderTasks(<TaskStatusIndicator open />, { server, onEdit: () => {} })
    await expect.poll(() => screen.getByRole('listitem').elements().length).toBeGreaterThanOrEqual(OURS.length)
    for (const row of document.querySelectorAll('.brandkit-row')) {
      const shown = [...row.querySelectorAll('.brandkit-detail, .brandkit-failure-cause, .brandkit-failure-next')]
      const sentences = shown
        .flatMap(({ textContent }) => textContent.match(/[^.!?]+/g) ?? [])
        .map((each) => each.trim())
      expect(sentences.join('. ')).not.toMatch(DEVELOPER_WORDS)
      expect(new Set(sentences).size).toBe(sentences.length)
      expect(sentences.length).toBeGreaterThanOrEqual(2)
    }
  })
})
