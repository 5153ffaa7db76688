'use client'

import { useTaskContext } from './use-task-context.js'
import { createTranslate, type TranslateOptions, type Translate } from '../labels/translate.js'

const made = new WeakMap<TranslateOptions, Translate>()

/**
 * The texts of the components, in the provider's language. They are separate from the provider, so that apps that use
 * only hooks load no texts.
 */
export function useTranslate(): Translate {
  const { texts } = useTaskContext()
  const known = made.get(texts)
  if (known) return known

  const translate = createTranslate(texts)
  made.set(texts, translate)
  return translate
}
