'use client'

import { PAGE_ENGLISH } from '../labels/page-english.js'
import { createTranslate, type Translate, type TranslateOptions } from '../labels/translate.js'
import type { LabelKey } from '../locales/task-labels.js'
import { useTaskContext } from './use-task-context.js'

const made = new WeakMap<TranslateOptions, Translate<LabelKey>>()

/** All texts, also those of the parts of a page: what only these parts show, they take from here. */
export function usePageTranslate(): Translate<LabelKey> {
  const { texts } = useTaskContext()
  const known = made.get(texts)
  if (known) return known

  const translate = createTranslate<LabelKey>(texts, PAGE_ENGLISH)
  made.set(texts, translate)
  return translate
}
