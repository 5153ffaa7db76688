'use client'

import { useEffect } from 'react'
import { useTaskContext } from '../provider/use-task-context.js'
import { useTranslate } from '../provider/use-translate.js'
import { countInTitle } from '../session/count-in-title.js'
import { createClaim } from '../session/create-claim.js'

/** A page has one title, even with several providers. */
const claimTitle = createClaim()

/**
 * Writes into the title of a hidden tab how many of the user's tasks have completed or failed since the user looked at
 * it: `(3) Media plan`. Looking at the tab restores the title. Among several tabs, the one with the toasts counts. The app
 * may change `document.title` meanwhile. Several callers still count once.
 */
export function useTabTitleCount(): void {
  const { session } = useTaskContext()
  const translate = useTranslate()

  useEffect(
    () =>
      claimTitle(() =>
        countInTitle({
          events: session.events,
          format: (count, title) => translate('tab.title', { count, title }),
        }),
      ),
    [session, translate],
  )
}
