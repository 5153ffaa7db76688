import type { ReactNode } from 'react'
import { LOCALES } from '../../test/locales.js'
import ENGLISH from '../../src/locales/en.js'
import type { Label, LabelKey } from '../../src/locales/task-labels.js'
import './docs.css'

const TAGS = Object.keys(LOCALES).toSorted((one, other) => Number(other === 'en') - Number(one === 'en'))
const KEYS = (Object.keys(ENGLISH) as (LabelKey | 'types' | 'steps')[]).filter(
  (key): key is LabelKey => key !== 'types' && key !== 'steps',
)
const CHAPTERS = [...new Set(KEYS.map(chapterOf))]

/** Every string of the components in every language, from the catalogues that ship. */
export function StringTable(): ReactNode {
  return (
    <div className="docs-page sb-unstyled">
      {CHAPTERS.map((chapter) => (
        <section key={chapter}>
          <h2>{chapter}</h2>
          <table className="docs-strings">
            <thead>
              <tr>
                <th scope="col">Key</th>
                {TAGS.map((tag) => (
                  <th key={tag} scope="col">
                    {new Intl.DisplayNames('en', { type: 'language' }).of(tag)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {KEYS.filter((key) => chapterOf(key) === chapter).map((key) => (
                <tr key={key}>
                  <th scope="row">
                    <code>{key}</code>
                  </th>
                  {TAGS.map((tag) => (
                    <td key={tag} lang={tag} dir={tag === 'ar' ? 'rtl' : 'ltr'}>
                      <Text label={LOCALES[tag]?.[key]} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  )
}

/** A string of the English catalogue, for pages that talk about it. */
export function Say({ name }: { name: LabelKey }): ReactNode {
  const label = ENGLISH[name]
  if (label === undefined) throw new Error(`There is no string ${name}.`)
  return <q>{typeof label === 'string' ? label : Object.values(label).at(-1)}</q>
}

function Text({ label }: { label: Label | undefined }): ReactNode {
  if (label === undefined || typeof label === 'string') return label
  return Object.entries(label).map(([category, text]) => (
    <span key={category} className="docs-plural">
      <i lang="en" dir="ltr">
        {category}
      </i>{' '}
      {text}
    </span>
  ))
}

function chapterOf(key: string): string {
  return key.split('.')[0] ?? key
}
