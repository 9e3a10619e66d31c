// Answers that come after the question was changed.

type Asked<V, T> = { variables: V | undefined; data: T | undefined; error: Error | null; isPending: boolean }
type Answer<T> = { data: T | undefined; error: Error | null; isPending: boolean }
const NONE = { data: undefined, error: null, isPending: false }

/** What a mutation answered to `question`; nothing while it answered, or is still asked, another one. */
export const answerTo = <V, T>({ variables, data, error, isPending }: Asked<V, T>, question: NoInfer<V> | null): Answer<T> =>
  question !== null && JSON.stringify(variables) === JSON.stringify(question) ? { data, error, isPending } : NONE
