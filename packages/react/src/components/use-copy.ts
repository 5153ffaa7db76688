'use client'

import { useEffect, useState } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'

const SHOWN_MS = 2_000

/** Copies a text, announces it, and says for two seconds that it was copied. */
export function useCopy(text: string): { isCopied: boolean; copy: () => void } {
  const translate = useTranslate()
  const { announcer } = useTaskContext()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    announcer.say({ urgency: 'polite', text: translate('failure.copied') })
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied, announcer, translate])

  const copy = () => {
    // Pages on plain http have no clipboard; users can still select a shown text by hand.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return { isCopied, copy }
}
