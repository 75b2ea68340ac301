/** What the service sends to a worker thread; `inputs` is JSON. */
export interface WorkerRequest {
  source: string;
  inputs: string;
  timeoutMs: number;
}

/** What comes back; `value` and `lines` are JSON. */
export interface WorkerAnswer {
  value?: string;
  error?: string;
  lines?: string;
}
