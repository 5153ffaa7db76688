interface AnsweredTask {
  taskId: string
  status: string
  result?: unknown
}

/** Creates a task at `/api/jobs` of this address. Resolves to its id. */
export async function createTask(url: string, type: string, payload: object): Promise<string> {
  const response = await fetch(`${url}/api/jobs?action=create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type, brandId: 'demo', payload }),
  })
  return (await readAnswer(response)).taskId
}

export async function readTask(url: string, taskId: string): Promise<AnsweredTask> {
  return readAnswer(await fetch(`${url}/api/jobs?action=status&taskId=${taskId}`))
}

async function readAnswer(response: Response): Promise<AnsweredTask> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return (JSON.parse(text) as { task: AnsweredTask }).task
}
