import { expect, waitFor } from 'storybook/test'

/** Waits until an element is visible, because new elements fade in. */
export async function expectVisible(element: Element | undefined): Promise<void> {
  await waitFor(() => expect(element).toBeVisible())
}
