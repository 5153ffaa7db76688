import type { TaskError } from '@brandkit/react'

/** A task that this user cannot see, or that is gone: the server tells them apart only for owners. */
export function Missing({ error: { code, message } }: { error: TaskError }) {
  return (
    <section className="empty">
      <h1>This cannot be shown</h1>
      <p className="soft">
        {code === 'task_not_found' ? 'It may belong to somebody else, or it was never there.' : message}
      </p>
    </section>
  )
}
