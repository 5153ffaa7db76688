/** Empties a task that has ended of payload, result and steps. Its id then answers 410 to its owner. */
export interface DeleteTaskRequest {
  taskId: string
}

export interface DeleteTaskResponse {
  taskId: string
}
