import type { Api } from './api.ts'
import { createApi } from './api.ts'

export const PASSWORD = 'correct horse battery'

/** An account made over HTTP. */
export async function anAccount(api: Api, name: string, role: string): Promise<void> {
  const { status } = await api.post('/accounts', { name, displayName: name, role, password: PASSWORD })
  if (status !== 201) throw new Error(`the account was not made: ${status}`)
}

/** What the browser does with the form; `origin`: of the page that holds it. */
export function submit(
  base: string,
  name: string,
  password: string,
  headers: Record<string, string> = { origin: base },
) {
  return fetch(`${base}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams({ name, password }),
  })
}

export const cookieOf = (response: Response): string =>
  (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''

/** A person's browser: the session cookie, on a page of the site itself. */
export async function signedIn(base: string, name: string): Promise<Api & { readonly cookie: string }> {
  const cookie = cookieOf(await submit(base, name, PASSWORD))
  return { cookie, ...createApi(base, { cookie, origin: base }) }
}
