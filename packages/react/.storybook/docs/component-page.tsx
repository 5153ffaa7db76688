import { ArgTypes, Description, DocsContext, Source } from '@storybook/addon-docs/blocks'
import { type ReactNode, useContext } from 'react'
import { Anatomy } from './anatomy.js'
import { changesOf } from './changes.js'
import { GUIDES } from './guides.js'
import { toPageAddress } from './story-address.js'
import { StoryFrameView } from './story-frame-view.js'
import { toJsx } from './to-jsx.js'
import './docs.css'

/** The stories of the page, as Storybook's own blocks see them. */
function useStories() {
  return useContext(DocsContext).componentStories()
}
export type DocsStory = ReturnType<typeof useStories>[number]

/**
 * The page of a component. It takes every story as it is: a new one appears by itself, and a component without a guide
 * still has a page.
 */
export function ComponentPage(): ReactNode {
  const stories = useStories()
  const [first] = stories
  if (!first) return null
  const [name = '', ...chapter] = first.title.split('/')
  const guide = chapter.length === 0 ? GUIDES[name] : undefined
  return (
    <div className="docs-page sb-unstyled">
      <header className="docs-head">
        <h1>{chapter.length === 0 ? name : chapter.join('/')}</h1>
        {chapter.length === 0 && <Status status={guide?.status ?? 'beta'} />}
      </header>
      <div className="docs-lead">
        <Description of="meta" />
      </div>
      {guide && (
        <div className="docs-pair">
          <List title="Use it for" items={guide.fits} />
          <List title="Use something else for" items={guide.fitsNot} />
        </div>
      )}
      <h2>In light and dark</h2>
      <div className="docs-pair">
        {['light', 'dark'].map((theme) => (
          <StoryFrameView key={theme} storyId={first.id} title={`${first.name}, ${theme}`} globals={{ theme }} />
        ))}
      </div>
      <h2>Code</h2>
      <Source code={toJsx(first)} language="tsx" />
      {guide?.parts && <Anatomy storyId={guide.anatomy ?? first.id} parts={guide.parts} />}
      {guide && (
        <>
          <h2>Do and don’t</h2>
          <div className="docs-pair">
            <List title="Do" items={guide.do} mark="do" />
            <List title="Don’t" items={guide.dont} mark="dont" />
          </div>
        </>
      )}
      <h2>Props</h2>
      <ArgTypes of="meta" />
      <h2>Every state</h2>
      <div className="docs-gallery">
        {stories.map((story) => (
          <Specimen key={story.id} story={story} />
        ))}
      </div>
      <Changes component={name} />
    </div>
  )
}

export function Status({ status }: { status: 'stable' | 'beta' }): ReactNode {
  return (
    <span className="docs-status" data-status={status}>
      {status}
    </span>
  )
}

function List({ title, items, mark }: { title: string; items: readonly string[]; mark?: 'do' | 'dont' }): ReactNode {
  return (
    <section className="docs-list" data-mark={mark}>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  )
}

function Specimen({ story }: { story: DocsStory }): ReactNode {
  const { globals } = story.parameters as { globals?: { viewport?: { value?: string } } }
  const isNarrow = (story.storyGlobals?.['viewport'] ?? globals?.viewport)?.value === 'narrow'
  return (
    <article className="docs-specimen">
      <h3 id={story.id}>
        <a href={toPageAddress('story', story.id)} target="_top">
          {story.name}
        </a>
      </h3>
      <StoryFrameView storyId={story.id} title={story.name} width={isNarrow ? 320 : undefined} />
      <details>
        <summary>Code</summary>
        <Source code={toJsx(story)} language="tsx" />
      </details>
    </article>
  )
}

function Changes({ component }: { component: string }): ReactNode {
  const changes = changesOf(component)
  if (changes.length === 0) return null
  return (
    <>
      <h2>Changes</h2>
      <ul className="docs-changes">
        {changes.map(({ version, text }) => (
          <li key={text}>
            <b>{version}</b> {text}
          </li>
        ))}
      </ul>
    </>
  )
}
