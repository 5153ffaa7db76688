import { isPageHidden, listen, stopAll } from '@brandkit/client/page'
import type { TaskSession } from './task-session.js'

interface CountInTitleOptions {
  events: TaskSession['events']
  /** Writes the count into the app's title: `(3) Media plan`. */
  format: (count: number, title: string) => string
}

/**
 * Counts in the page's title the user's tasks that have completed or failed while the page was hidden, until the user
 * looks at it. The title stays the app's: it may change meanwhile. Returns the function that restores it and stops.
 */
export function countInTitle({ events, format }: CountInTitleOptions): () => void {
  const unseen = new Set<string>()
  let ofApp = ''
  let shown: string | undefined
  const observer = new MutationObserver(update)

  function update(): void {
    // The app has changed its title.
    if (document.title !== shown) ofApp = document.title
    shown = format(unseen.size, ofApp)
    // A write tells the observer, even of an equal title.
    if (document.title !== shown) document.title = shown
  }

  function restore(): void {
    observer.disconnect()
    unseen.clear()
    if (document.title === shown) document.title = ofApp
    shown = undefined
  }

  return stopAll(
    events.subscribe(({ kind, task, isOwn, isLeader }) => {
      // The leading tab also has the toasts. A cancel is the user's own act.
      if (!isOwn || !isLeader || !isPageHidden() || (kind !== 'completed' && kind !== 'failed')) return
      unseen.add(task.taskId)
      update()
      observer.observe(document.head, { childList: true, characterData: true, subtree: true })
    }),
    listen(document, ['visibilitychange'], () => {
      if (!isPageHidden()) restore()
    }),
    restore,
  )
}
