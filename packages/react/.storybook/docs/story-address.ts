/** The address of a story's frame: the story alone, as it is tested. `globals` are those of the toolbar. */
export function toFrameAddress(storyId: string, globals?: Readonly<Record<string, string>>): string {
  const settings = Object.entries(globals ?? {}).map(([name, value]) => `${name}:${value}`)
  return `iframe.html?id=${storyId}&viewMode=story${settings.length > 0 ? `&globals=${settings.join(';')}` : ''}`
}

/** The address of a story or a page inside Storybook. */
export function toPageAddress(kind: 'story' | 'docs', id: string): string {
  return `./?path=/${kind}/${id}`
}
