/** What a story is told with, and what must not be found in anything that a process writes about it. */
export const STORY_SECRETS = {
  wearerName: 'Xanthippe Quillfeather',
  reference: 'CRN-ZQ7731908',
  zoneName: 'Marchpane Orchard Primary',
  tagId: 'tag-oubliette-4417',
  tagPassword: 'zephyr-kumquat-81245',
  apiToken: 'moonraker-halberd-token-5529410-0123456789',
  note: 'Mrs Peverell-Ashdown saw her',
  lat: 58.7316429,
  lon: -3.9148263,
} as const

/** Shorter than this, digits of a coordinate would be found in times and counts by chance. 58.73 is 1 km of England. */
const LEAST_DECIMALS = 3

/** Without its point a coordinate is looked for as micro-degrees and finer: `3914` stands in every second time in nanoseconds. */
const LEAST_DECIMALS_OF_WHOLE = 6

/**
 * The secrets that a text gives away, in any form in which a process could have written them: as they are, in JSON's, URL's, hexadecimal
 * and base64 spelling, a coordinate with fewer digits, and in the bytes of whole payloads.
 */
export function findSecrets(text: string, payloads: readonly (string | Buffer)[] = []): readonly string[] {
  const lower = text.toLowerCase()
  const found = Object.entries(STORY_SECRETS).flatMap(([name, secret]) =>
    (
      typeof secret === 'number'
        ? holdsNumber(lower, secret)
        : formsOf(secret).some(form => lower.includes(form.toLowerCase()))
    )
      ? [name]
      : [],
  )
  const whole = payloads.flatMap((payload, index) =>
    encodingsOf(payload).some(form => text.includes(form)) ? [`payload ${index}`] : [],
  )
  return [...found, ...whole]
}

function formsOf(secret: string): readonly string[] {
  return [
    secret,
    encodeURIComponent(secret),
    secret.replaceAll(' ', '+'),
    ...secret.split(' '),
    ...encodingsOf(secret),
  ].filter(form => form.length > 3)
}

/** Digits that begin a number, so that neither an identifier nor a later part of a longer number is taken for a coordinate. */
const holdsNumber = (lower: string, value: number): boolean =>
  digitsOf(value).some(digits => new RegExp(`(?<![\\da-f.])${digits.replace('.', '\\.')}`).test(lower))

/** With all its decimals down to three, cut and rounded, and as degrees times ten to the seventh and sixth. */
function digitsOf(value: number): readonly string[] {
  const plain = String(Math.abs(value))
  const decimals = plain.length - plain.indexOf('.') - 1
  const counts = Array.from({ length: decimals - LEAST_DECIMALS + 1 }, (_, index) => decimals - index)
  return counts.flatMap(count => {
    const cut = plain.slice(0, plain.length - decimals + count)
    const whole = count >= LEAST_DECIMALS_OF_WHOLE ? [cut.replace('.', '')] : []
    return [Math.abs(value).toFixed(count), cut, ...whole]
  })
}

/** Base64 depends on where in a text the bytes begin: each of the three ways, without the characters that the neighbours share. */
function encodingsOf(secret: string | Buffer): readonly string[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].map(shift => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(shift === 0 ? 0 : shift + 1, -1)
  })
  return [...base64, ...base64.map(toUrlSafe), bytes.toString('hex')]
}

const toUrlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')
