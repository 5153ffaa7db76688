import { expect, waitFor } from 'storybook/test'

/** Waits until something can be seen: what has just come fades in. */
export async function expectVisible(element: Element | undefined): Promise<void> {
  await waitFor(() => expect(element).toBeVisible())
}
