/** What came back: the status, the headers and the body, parsed when it is JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects; what is not there fails it
  readonly body: any
}

export interface Api {
  call(method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Answer>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
}

/** A client of `/api/v1` that knows nothing but HTTP. */
export function createApi(base: string, always: Record<string, string>): Api {
  const call: Api['call'] = async (method, path, { body, headers = {} } = {}) => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { ...always, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
  return {
    call,
    get: (path, headers) => call('GET', path, headers === undefined ? {} : { headers }),
    post: (path, body, headers) => call('POST', path, { body, ...(headers !== undefined && { headers }) }),
  }
}
