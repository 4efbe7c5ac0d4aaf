/** Works without a script, with a keyboard and with a screen reader; dark and light by the system's choice. */
export function signInPage(problem: string | undefined): string {
  const title = problem === undefined ? 'Sign in – Cordon' : 'Error: Sign in – Cordon'
  const summary =
    problem === undefined ? '' : `<p class="problem" id="problem" role="alert"><strong>${problem}</strong></p>`
  const described = problem === undefined ? '' : ' aria-describedby="problem" aria-invalid="true"'
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${title}</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/sign-in.css">
</head>
<body>
<main>
<h1>Cordon</h1>
<form method="post" action="/sign-in">
${summary}
<label for="name">User name</label>
<input id="name" name="name" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required autofocus${described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required${described}>
<button type="submit">Sign in</button>
</form>
</main>
</body>
</html>
`
}

export const SIGN_IN_CSS = `:root { color-scheme: dark light; font-family: Inter, Arial, sans-serif; line-height: 1.5 }
body { margin: 0; background: light-dark(#f3f2f1, #0b0c0c); color: light-dark(#0b0c0c, #f3f2f1) }
main { max-width: 22rem; margin: 12vh auto; padding: 0 1rem }
label { display: block; margin: 1rem 0 0.25rem; font-weight: bold }
input { box-sizing: border-box; width: 100%; padding: 0.6rem; font: inherit; border: 2px solid light-dark(#505a5f, #b1b4b6);
  background: light-dark(#ffffff, #1d2124); color: inherit }
button { margin-top: 1.5rem; padding: 0.6rem 1.5rem; font: inherit; font-weight: bold; border: 0; cursor: pointer;
  background: #00703c; color: #ffffff }
:focus-visible { outline: 3px solid #ffdd00; outline-offset: 2px; box-shadow: 0 0 0 5px #0b0c0c }
.problem { border: 4px solid light-dark(#d4351c, #ff7a66); padding: 0.75rem }
`
