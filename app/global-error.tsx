'use client'
import './globals.css'

/** When even the outer layout failed; it brings its own document, and nothing that could have failed with it. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Error · Palisade</title>
        <main className="mx-auto flex min-h-dvh w-full max-w-[25rem] flex-col justify-center gap-5 px-5 py-12">
          <h1 className="text-lg font-semibold">Palisade could not be shown</h1>
          <p className="text-text-2">Something went wrong in Palisade. Try again; if it stays, an admin finds it in the log.</p>
          {error.digest !== undefined && (
            <p className="text-text-3">
              Reference <code className="font-mono text-xs">{error.digest}</code>
            </p>
          )}
          <button type="button" onClick={reset} className="h-[30px] w-fit rounded-md border border-act-fill bg-act-fill px-3 font-medium text-white max-md:min-h-11">
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
