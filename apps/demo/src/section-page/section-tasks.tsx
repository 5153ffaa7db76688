import type { Section } from '../sections/section.ts'
import { MoreButton } from '../tasks/more-button.tsx'
import { TaskList } from '../tasks/task-list.tsx'
import { useHistory } from '../tasks/use-history.ts'

/** The user's tasks of a section, newest first, or an invitation to the first one. */
export function SectionTasks({ section }: { section: Section }) {
  const { tasks, isLoading, hasMore, isLoadingMore, loadMore } = useHistory({ type: section.type })
  if (isLoading && tasks.length === 0) return <p className="loading">Looking for what you have…</p>
  if (tasks.length === 0) {
    return (
      <section className="empty">
        <h2>Nothing here yet</h2>
        <p className="soft">
          Click <strong>{section.action}</strong>, then “Fill in an example”: in a few seconds you see what comes out.
          You can go on, or close the tab, while it is being made.
        </p>
      </section>
    )
  }
  return (
    <>
      <TaskList tasks={tasks} label={`Your ${section.plural}`} columns="one-type" />
      {hasMore && <MoreButton isLoading={isLoadingMore} onClick={loadMore} />}
    </>
  )
}
