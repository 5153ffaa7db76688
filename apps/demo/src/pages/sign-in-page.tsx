import { BrandMark, Problem, usePageTitle } from '../parts/page-parts.tsx'
import type { Person } from '../session/use-session.ts'

interface SignInPageProps {
  people: readonly Person[]
  problem: string | undefined
  onPick: (userId: string) => void
}

/** Picks a user. The demo has no passwords; the README says so. */
export function SignInPage({ people, problem, onPick }: SignInPageProps) {
  usePageTitle('Sign in')
  return (
    <main className="sign-in">
      <BrandMark />
      <h1>Who is working today?</h1>
      <p className="soft">Pick somebody. You see the work of everyone at your brand.</p>
      {problem && <Problem sentence={problem} />}
      <ul className="people">
        {people.map(({ id, name, brandName, tier }) => (
          <li key={id}>
            <button type="button" className="person" onClick={() => onPick(id)}>
              <span className="avatar" data-person={id} aria-hidden="true">
                {name.charAt(0)}
              </span>
              <span className="person-name">{name}</span>
              <span className="soft">
                {brandName} · {tier}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  )
}
