import { Link } from '../parts/link.tsx'
import { usePageTitle } from '../parts/page-parts.tsx'

export function NotFoundPage() {
  usePageTitle('Not found')
  return (
    <section className="empty">
      <h1>There is nothing here</h1>
      <p className="soft">The address may be mistyped, or what was here is gone.</p>
      <Link href="/" className="button">
        Go to the overview
      </Link>
    </section>
  )
}

/** The operator's address as others see it. */
export function Forbidden() {
  usePageTitle('Not allowed')
  return (
    <section className="empty">
      <p className="empty-code">403</p>
      <h1>Only operators come in here</h1>
      <p className="soft">
        This desk shows the tasks of everybody. You see all of your own in the history. If you need more, ask Grace: she
        is the operator.
      </p>
      <Link href="/history" className="button">
        Go to your history
      </Link>
    </section>
  )
}
