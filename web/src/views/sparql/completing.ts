/** Our suggestions as CodeMirror takes them: what is shown, what is written, and the prefix that comes with it. */

import type { Completion as Option, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import type { SparqlTexts } from '../../i18n/sparql'
import { suggest, type Suggestion } from '../../state/sparql/suggestions'
import type { Completion } from '../../types'

export function completing(data: () => Completion | null, texts: () => SparqlTexts): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const known = data()
    if (!known) return null
    const offer = suggest(context.state.doc.toString(), context.pos, known, texts().lang, context.explicit)
    return offer && { from: offer.from, filter: false, options: offer.suggestions.map((one) => option(one, known, texts())) }
  }
}

function option(one: Suggestion, data: Completion, { t }: SparqlTexts): Option {
  const details = [one.label || (one.kind === 'prefix' ? one.definition : ''), one.n === null ? '' : t('editor.times', { n: one.n })]
  return {
    label: one.name,
    detail: details.filter(Boolean).join(' · '),
    type: one.kind,
    ...(one.definition && one.kind !== 'prefix' ? { info: () => explained(one.definition, one.other) } : {}),
    apply: (view: EditorView, _: Option, from: number, to: number) => write(view, one, from, to, data),
  }
}

/** Text as text: what a definition holds is never read as HTML. */
function explained(text: string, other: string): HTMLElement {
  const node = document.createElement('div')
  node.textContent = text
  if (other) {
    const also = document.createElement('div')
    also.className = 'also'
    also.textContent = other
    node.append(also)
  }
  return node
}

/** Write a suggestion, and declare its prefix where the query does not: a query that is copied runs elsewhere too. */
function write(view: EditorView, one: Suggestion, from: number, to: number, data: Completion): void {
  const { doc } = view.state
  // A bracket that was closed by itself belongs to the address that is being written.
  const end = one.insert.endsWith('>') && doc.sliceString(to, to + 1) === '>' ? to + 1 : to
  const changes = [{ from, to: end, insert: one.insert }]
  let shift = 0
  const base = one.prefix && data.prefixes[one.prefix]
  if (base) {
    const line = `PREFIX ${one.prefix}: <${base}>\n`
    const text = doc.toString()
    const last = [...text.matchAll(/^[^\S\n]*(?:PREFIX|BASE)\b.*\n/gim)].at(-1)
    const at = last ? last.index + last[0].length : 0
    if (at <= from) {
      changes.unshift({ from: at, to: at, insert: line })
      shift = line.length
    }
  }
  view.dispatch({ changes, selection: { anchor: from + shift + one.insert.length }, userEvent: 'input.complete' })
}
