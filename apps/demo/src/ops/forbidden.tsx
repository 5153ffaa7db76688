import { Link } from '../shell/link.tsx'
import { usePageTitle } from '../shell/use-page-title.ts'

/** What others see at the operator's address. */
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
