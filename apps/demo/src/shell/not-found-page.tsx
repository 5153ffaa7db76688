import { Link } from './link.tsx'
import { usePageTitle } from './use-page-title.ts'

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
