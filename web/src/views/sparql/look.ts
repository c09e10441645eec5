/** How the editor looks; the colours are those of the page, which reach into its shadow root as variables. */

import { EditorView } from '@codemirror/view'

export const look = EditorView.theme({
  '&': { fontSize: '0.9375rem', color: 'var(--ink)', backgroundColor: 'var(--paper)', borderRadius: '5px', maxHeight: 'max(16rem, 46vh)' },
  '&.cm-focused': { outline: '3px solid #f0a020', outlineOffset: '0', boxShadow: '0 0 0 5px var(--ink)' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", monospace', lineHeight: '1.5' },
  '.cm-content': { padding: '10px 0', minHeight: '12rem' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: '#5b6672', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: '#f6f9fb' },
  '.cm-tooltip': { border: '1px solid var(--line)', borderRadius: '6px', backgroundColor: 'var(--paper)', boxShadow: '0 4px 14px rgb(20 40 60 / 0.18)', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '16em', minWidth: 'min(22rem, 80vw)', maxWidth: '92vw' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '1.4', minHeight: '24px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: '#fff' },
  '.cm-completionLabel': { fontFamily: 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace', fontSize: '0.875rem' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--soft)', fontSize: '0.875rem', marginLeft: '10px' },
  'li[aria-selected] .cm-completionDetail': { color: '#fff' },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 12px', maxWidth: '20rem', fontSize: '0.875rem', lineHeight: '1.45' },
  '.cm-completionInfo .also': { color: 'var(--soft)', marginTop: '4px' },
  '.cm-tooltip-lint': { padding: '2px 4px', fontSize: '0.875rem' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '4px solid #b06a00' },
})
