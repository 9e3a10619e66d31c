// An offline list. The shortest password allowed has 15 characters, so the list holds what people build such
// passwords from: if nothing unguessable is left after taking these parts out, the password is common.
const PARTS = (
  'password passwort passwd wachtwoord motdepasse contrasena senha haslo parola salasana losenord adgangskode kennwort ' +
  'welcome willkommen bienvenue welkom admin administrator root superuser owner operator changeme changeit letmein trustno secret geheim ' +
  'iloveyou ichliebedich princess sunshine football baseball basketball superman batman dragon monkey shadow master michael jordan jessica ' +
  'ashley charlie daniel thomas robert jennifer hunter killer pepper summer winter spring autumn sommer herbst qwertz qwerty azerty asdf zxcv ' +
  'qwertyuiop asdfghjkl zxcvbnm yxcvbnm qazwsx wsxedc edcrfv abc abcd abcdef abcdefgh alphabet google facebook internet computer network ' +
  'firewall firewalls palisade opnsense pfsense netgate security router switch server login signin default guest test testing demo hello ' +
  'hallo whatever nothing starwars pokemon naruto mustang corvette ferrari mercedes porsche yamaha liverpool arsenal chelsea barcelona realmadrid ' +
  'correct horse battery staple monday tuesday wednesday thursday friday saturday sunday january february march april june july august september ' +
  'october november december please thisis mypassword isgood strong secure company business the and for you your our this that is it my me a i'
).split(' ')

const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', '98765432109876543210', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', '1qaz2wsx3edc4rfv5tgb', 'q1w2e3r4t5y6u7i8o9p0']
const LEET: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }
const UNGUESSABLE_CHARACTERS_MIN = 6
const DISTINCT_CHARACTERS_MIN = 6

/** Whether a password of 15 or more characters is made of common parts, repeats itself, or is made of `personal` words. */
export function isCommonPassword(password: string, personal: readonly string[] = []): boolean {
  const lower = password.toLowerCase()
  if (new Set(lower).size < DISTINCT_CHARACTERS_MIN) return true
  if (/^(.{1,8}?)\1+.{0,7}$/.test(lower)) return true
  const words = [...PARTS, ...personal.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length >= 3)].sort((a, b) => b.length - a.length)
  return [lower, [...lower].map((character) => LEET[character] ?? character).join('')].some((text) => leftOver(text, words) < UNGUESSABLE_CHARACTERS_MIN)
}

/** How many letters and digits remain when common words, keyboard runs and years are taken out. */
function leftOver(text: string, words: readonly string[]): number {
  let rest = text
  for (const run of RUNS) {
    for (let length = run.length; length >= 4; length -= 1) {
      for (let from = 0; from + length <= run.length; from += 1) rest = rest.replaceAll(run.slice(from, from + length), ' ')
    }
  }
  for (const word of words) rest = rest.replaceAll(word, ' ')
  rest = rest.replace(/(19|20)\d\d/g, ' ').replace(/(.)\1{2,}/g, ' ').replace(/[^\p{L}\p{N}]/gu, '')
  return rest.length
}
