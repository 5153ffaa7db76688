'use client'

import { useMemo } from 'react'
import type { Looks } from './looks.js'

/** Picks the looks from a component's props. Returns the same object until one of them changes. */
export function useLooks({
  classNames,
  slots,
  getTitle,
  getHref,
  onOpenTask,
  onOpenResult,
  renderResult,
}: Looks): Looks {
  return useMemo(
    () => ({ classNames, slots, getTitle, getHref, onOpenTask, onOpenResult, renderResult }),
    [classNames, slots, getTitle, getHref, onOpenTask, onOpenResult, renderResult],
  )
}
