import { phaseOf, type TaskSummary, toTaskSummary } from '@brandkit/core'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '../../test/locales.js'
import { SCENARIO_TIME } from '../testing/scenario-time.js'
import { taskScenarios } from '../testing/task-scenarios.js'
import { phaseText } from './phase-text.js'
import { createTranslate } from './translate.js'

type Scenario = keyof typeof taskScenarios

const inSeconds = (seconds: number) => new Date(SCENARIO_TIME + seconds * 1_000)

function textsOf(
  scenario: Scenario,
  locale: keyof typeof LOCALES = 'en',
  now: number | null = SCENARIO_TIME,
): string[] {
  const translate = createTranslate({ labels: LOCALES[locale], locale })
  return taskScenarios[scenario]().tasks.map((json) => {
    const task = toTaskSummary(json)
    const phase = phaseOf(task, now ?? task.updatedAt.getTime())
    return phaseText(task, { phase, now, translate, canceller: undefined })
  })
}

describe('phaseText', () => {
  it.each<[Scenario, string[]]>([
    ['one', ['Estimating reach']],
    ['three', ['Estimating reach', 'Finding the essence', 'Waiting']],
    ['scheduled', ['Starts in 1 hr 35 min', 'Starts Mar 3, 8:00 AM']],
    ['retrying', ['Retry 2 of 3 in 8s']],
    ['throttled', ['Waiting for openai']],
    ['following', ['Finding the essence', 'Waiting for Brand kit: Aurora', 'Waiting for 2 others', 'Failed']],
    ['finished', ['Completed', 'Cancelled']],
  ])('says what the tasks do: %s', (scenario, texts) => {
    expect(textsOf(scenario)).toEqual(texts)
  })

  it('names no time where none is known: on the server, and while a page hydrates', () => {
    expect(textsOf('scheduled', 'en', null)).toEqual(['Scheduled', 'Scheduled'])
    expect(textsOf('retrying', 'en', null)).toEqual(['Retry 2 of 3 starts soon'])
  })

  it('says it in the language of the labels', () => {
    expect(textsOf('scheduled', 'de')[0]).toBe('Beginnt in 1 Std. 35 Min.')
    expect(textsOf('following', 'ar')[2]).toBe('في انتظار مهمتين أخريين')
  })

  it('has a name for a provider, if the app gives one', () => {
    const [json] = taskScenarios.throttled().tasks
    const translate = createTranslate({ labels: { providers: { openai: 'OpenAI' } } })
    const options = { phase: 'throttled', now: SCENARIO_TIME, translate, canceller: undefined } as const
    expect(phaseText(toTaskSummary(json!), options)).toBe('Waiting for OpenAI')
  })

  it('says only that a task waits when a shutdown has released it', () => {
    const [json] = taskScenarios.retrying().tasks
    const { lastError: _none, ...released } = toTaskSummary(json!)
    const options = {
      phase: 'retrying',
      now: SCENARIO_TIME,
      translate: createTranslate({}),
      canceller: undefined,
    } as const
    expect(phaseText(released as TaskSummary, options)).toBe('Waiting')
  })

  it('rounds a start as estimates are rounded, so that the words change once a minute', () => {
    const [json] = taskScenarios.scheduled().tasks
    const startsIn = (seconds: number) =>
      phaseText(
        { ...toTaskSummary(json!), runAt: inSeconds(seconds) },
        {
          phase: 'scheduled',
          now: SCENARIO_TIME,
          translate: createTranslate({}),
          canceller: undefined,
        },
      )
    expect([2_412, 2_390, 61, 52, 3].map(startsIn)).toEqual([
      'Starts in 40 min',
      'Starts in 40 min',
      'Starts in 1 min',
      'Starts in 55 sec',
      'Starts in 5 sec',
    ])
  })

  it('names who has cancelled a task, as far as the page knows', () => {
    const [, json] = taskScenarios.finished().tasks
    const said = (canceller: string | null | undefined) =>
      phaseText(toTaskSummary(json!), {
        phase: 'cancelled',
        now: SCENARIO_TIME,
        translate: createTranslate({}),
        canceller,
      })
    expect([undefined, 'Grace', null].map(said)).toEqual([
      'Cancelled',
      'Cancelled by Grace',
      'Cancelled by someone else',
    ])
  })
})
