'use client'

import type { TaskSummary } from '@brandkit/core'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'
import { mayRetry } from './failure-advice.js'

/** Why a task failed, and what the user can do beyond the buttons beside it. No sentence is said twice. */
export function useFailureText(task: TaskSummary): { cause: string; advice: string | undefined } {
  const translate = useTranslate()
  const { onEdit } = useTaskContext()
  const cause = translate.cause(task)
  const advice = mayRetry(task) ? translate.nextAction(task.errorCode) : translate('next.generator_refused')
  // The button "Edit and try again" is the advice already, and generators may have written it into the cause.
  const isSaid = (!mayRetry(task) && onEdit !== undefined) || cause.includes(advice)
  return { cause, advice: isSaid ? undefined : advice }
}
