'use client'

import { isPageHidden, listen } from '@brandkit/client/page'
import { useSyncExternalStore } from 'react'

/** Whether the user looks at another tab. */
export function usePageHidden(): boolean {
  return useSyncExternalStore(subscribe, isPageHidden, isServerHidden)
}

function subscribe(listener: () => void) {
  return listen(document, ['visibilitychange'], listener)
}

const isServerHidden = () => false
