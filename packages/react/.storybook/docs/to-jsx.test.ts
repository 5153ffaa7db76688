import { describe, expect, it } from 'vitest'
import { toJsx } from './to-jsx.js'

const source = `meta.story({
  args: {
    renderResult: ({ result }) => (
      <ul>
        {result.ideas.map((idea) => <li key={idea}>{idea}</li>)}
      </ul>
    ),
    open: true,
  },
})`
const story = (initialArgs: object, looks?: object) =>
  ({
    title: 'TaskStatusIndicator/Looks',
    component: undefined,
    initialArgs,
    parameters: { looks, docs: { source: { originalSource: source } } },
  }) as never

describe('the code of a story', () => {
  it('is what an app writes', () => {
    expect(toJsx(story({ open: true, position: 'bottom-start', duration: Infinity, onOpenResult: () => {} }))).toBe(
      `import '@brandkit/react/styles.css'
import { TaskProvider, TaskStatusIndicator } from '@brandkit/react'

<TaskProvider userId={user.id}>
  <TaskStatusIndicator
    open
    position="bottom-start"
    duration={Infinity}
    onOpenResult={openResult}
  />
</TaskProvider>`,
    )
  })

  it('has the functions of the story as they are written', () => {
    expect(toJsx(story({ renderResult: () => null, classNames: { row: 'mine' } }))).toContain(
      `  <TaskStatusIndicator
    renderResult={({ result }) => (
      <ul>
        {result.ideas.map((idea) => <li key={idea}>{idea}</li>)}
      </ul>
    )}
    classNames={{"row":"mine"}}
  />`,
    )
  })

  it('sets language and theme where an app sets them', () => {
    const code = toJsx(story({}, { theme: 'dark', locale: 'de' }))
    expect(code).toContain("import de from '@brandkit/react/labels/de'")
    expect(code).toContain('<div data-theme="dark">\n  <TaskProvider userId={user.id} labels={de} locale="de">')
  })
})
