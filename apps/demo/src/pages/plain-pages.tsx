import { t } from '../language/language.ts'
import { Link } from '../navigation/addresses.tsx'
import { BrandMark, Problem, usePageTitle } from '../parts/page-parts.tsx'
import { Preferences } from '../parts/preferences.tsx'
import type { Person } from '../session/use-session.ts'

interface SignInPageProps {
  people: readonly Person[]
  problem: string | undefined
  onPick: (userId: string) => void
}

/** Picks a user. The demo has no passwords; the README says so. */
export function SignInPage({ people, problem, onPick }: SignInPageProps) {
  usePageTitle(t('Sign in'))
  return (
    <main className="sign-in">
      <BrandMark />
      <h1>{t('Who is working today?')}</h1>
      <p className="soft">{t('Pick a person. You see the work of everyone at your brand.')}</p>
      {problem && <Problem sentence={t(problem)} />}
      <ul className="people">
        {people.map(({ id, name, brandName, tier }) => (
          <li key={id}>
            <button type="button" className="person" onClick={() => onPick(id)}>
              <span className="avatar" data-person={id} aria-hidden="true">
                {name.charAt(0)}
              </span>
              <span className="person-name">{name}</span>
              <span className="soft">
                {brandName} · {t(tier)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Preferences />
    </main>
  )
}

export function NotFoundPage() {
  usePageTitle(t('Not found'))
  return (
    <section className="empty">
      <h1>{t('There is nothing here')}</h1>
      <p className="soft">{t('The address may be mistyped, or what was here is gone.')}</p>
      <Link href="/" className="button">
        {t('Go to the overview')}
      </Link>
    </section>
  )
}

/** The operator's address as others see it. */
export function Forbidden() {
  usePageTitle(t('Not allowed'))
  return (
    <section className="empty">
      <p className="empty-code">403</p>
      <h1>{t('Only operators come in here')}</h1>
      <p className="soft">
        {t(
          'This desk shows the tasks of everybody. You see all of your own in the history. If you need more, ask Grace: she is the operator.',
        )}
      </p>
      <Link href="/history" className="button">
        {t('Go to your history')}
      </Link>
    </section>
  )
}
