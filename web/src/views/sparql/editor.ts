/**
 * The editor of queries: CodeMirror in a shadow root, where its style sheets are allowed by the content security
 * policy. Loaded on demand; what it offers and how it reads a query is in `state/sparql`.
 */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting, syntaxTree } from '@codemirror/language'
import { forceLinting, linter, lintKeymap, type Diagnostic } from '@codemirror/lint'
import { Compartment, EditorState, Prec, type Extension, type Transaction } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { sparql } from 'codemirror-lang-sparql'
import type { SparqlTexts } from '../../i18n/sparql'
import type { Completion } from '../../types'
import { completing } from './completing'
import { look } from './look'

export interface Fault { line: number; column: number; message: string }

export interface Options {
  host: HTMLElement
  query: string
  texts: SparqlTexts
  data: () => Completion | null
  onchange: (query: string) => void
  onrun: () => void
}

export interface Editor {
  query: (text: string) => void
  fault: (fault: Fault | null) => void
  goto: (line: number, column: number) => void
  speak: (texts: SparqlTexts) => void
  destroy: () => void
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: '#7a2a8f' },
  { tag: tags.comment, color: '#5b6672', fontStyle: 'italic' },
  { tag: [tags.string, tags.annotation], color: '#1f6b2d' },
  { tag: tags.variableName, color: '#0b5c8c', fontWeight: '600' },
  { tag: [tags.integer, tags.float, tags.bool], color: '#9a4a00' },
  { tag: [tags.url, tags.namespace, tags.typeName], color: '#33414e' },
])

/** Open the editor in an element; it fills the element's shadow root. */
export function openEditor({ host, query, texts, data, onchange, onrun }: Options): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true })
  const hint = document.createElement('p')
  hint.id = 'hint'
  hint.hidden = true
  const place = document.createElement('div')
  root.replaceChildren(place, hint)

  const words = new Compartment()
  let spoken = texts
  let known: Fault | null = null
  const run = (): boolean => { onrun(); return true }

  const view = new EditorView({
    root,
    parent: place,
    state: EditorState.create({
      doc: query,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(),
        indentUnit.of('  '), EditorState.tabSize.of(2), EditorView.lineWrapping,
        sparql(), syntaxHighlighting(colours), look,
        autocompletion({ override: [completing(data, () => spoken)], icons: false, maxRenderedOptions: 60 }),
        linter((at) => [...faultsOf(at, spoken), ...marked(at.state, known)], { delay: 600 }),
        // After Escape, Tab moves on to the next control: CodeMirror knows that as soon as Tab is bound at all.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          known = null
          onchange(update.state.doc.toString())
        }),
        EditorView.domEventHandlers({ beforeinput: overSelection }),
        words.of(wording(texts)),
      ],
    }),
  })
  hint.textContent = texts.t('editor.hint')

  return {
    query(text) {
      if (text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
    },
    fault(fault) {
      known = fault
      forceLinting(view)
    },
    goto(line, column) {
      const at = placeOf(view.state, line, column)
      view.dispatch({ selection: { anchor: at }, scrollIntoView: true })
      view.focus()
    },
    speak(next) {
      spoken = next
      hint.textContent = next.t('editor.hint')
      view.dispatch({ effects: words.reconfigure(wording(next)) })
    },
    destroy: () => view.destroy(),
  }
}

/**
 * Write over a selection without the browser's help, which would wrap the text in a styled element: our content
 * security policy refuses that, and says so in the console.
 */
function overSelection(event: InputEvent, view: EditorView): boolean {
  const { from, to, empty } = view.state.selection.main
  const text = event.data
  if (event.inputType !== 'insertText' || !text || empty || view.composing) return false
  const insert = (): Transaction => view.state.update({ ...view.state.replaceSelection(text), userEvent: 'input.type', scrollIntoView: true })
  if (!view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert())
  event.preventDefault()
  return true
}

function wording({ t }: SparqlTexts): Extension {
  return [
    EditorView.contentAttributes.of({ 'aria-label': t('editor.label'), 'aria-describedby': 'hint', tabindex: '0' }),
    EditorState.phrases.of({ Completions: t('editor.suggestions'), Diagnostics: t('editor.errors') }),
  ]
}

/** The first few places that the grammar does not know; those after them mostly follow from them. */
function faultsOf(view: EditorView, { t }: SparqlTexts): Diagnostic[] {
  const found: Diagnostic[] = []
  const { doc } = view.state
  if (doc.toString().trim() === '') return found
  syntaxTree(view.state).iterate({
    enter({ type, from, to }) {
      if (type.isError && found.length < 3 && found.at(-1)?.from !== from) {
        found.push({ from, to: Math.max(to, Math.min(from + 1, doc.length)), severity: 'warning', message: t('editor.syntax') })
      }
    },
  })
  return found
}

/** What the server found wrong, at its place; where nothing stands there any more, at what stands before it. */
function marked(state: EditorState, fault: Fault | null): Diagnostic[] {
  if (!fault) return []
  const at = placeOf(state, fault.line, fault.column)
  const word = /^\S+/.exec(state.sliceDoc(at, state.doc.lineAt(at).to))?.[0] ?? ''
  const before = state.sliceDoc(0, at).trimEnd()
  const from = word ? at : before.length - (/\S+$/.exec(before)?.[0].length ?? 0)
  const to = word ? at + word.length : Math.max(before.length, Math.min(1, state.doc.length))
  return [{ from, to, severity: 'error', message: fault.message }]
}

function placeOf(state: EditorState, line: number, column: number): number {
  const { from, to } = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
  return Math.min(from + Math.max(column - 1, 0), to)
}
