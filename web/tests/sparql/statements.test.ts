import { expect, it } from 'vitest'
import { statementsOf } from '../../src/state/sparql/statements'

const XSD = 'http://www.w3.org/2001/XMLSchema#'

it('reads N-Triples', () => {
  expect(statementsOf([
    '<urn:a> <urn:p> <urn:b\\u00FC> .',
    '_:x <urn:p> _:y2 .',
    '<urn:a> <urn:p> "plain" .',
    '<urn:a> <urn:p> "say \\"it\\"\\\\\\n\\U0001F600"@de-AT .',
    `<urn:a> <urn:p> "1.5"^^<${XSD}decimal> .`,
    `<urn:a> <urn:p> "> <urn:c> ."^^<${XSD}string> .`,
    '',
  ].join('\n'))).toEqual([
    { subject: { type: 'uri', value: 'urn:a' }, predicate: { type: 'uri', value: 'urn:p' }, object: { type: 'uri', value: 'urn:bü' } },
    { subject: { type: 'bnode', value: 'x' }, predicate: { type: 'uri', value: 'urn:p' }, object: { type: 'bnode', value: 'y2' } },
    { subject: { type: 'uri', value: 'urn:a' }, predicate: { type: 'uri', value: 'urn:p' }, object: { type: 'literal', value: 'plain' } },
    { subject: { type: 'uri', value: 'urn:a' }, predicate: { type: 'uri', value: 'urn:p' }, object: { type: 'literal', value: 'say "it"\\\n😀', 'xml:lang': 'de-AT' } },
    { subject: { type: 'uri', value: 'urn:a' }, predicate: { type: 'uri', value: 'urn:p' }, object: { type: 'literal', value: '1.5', datatype: `${XSD}decimal` } },
    { subject: { type: 'uri', value: 'urn:a' }, predicate: { type: 'uri', value: 'urn:p' }, object: { type: 'literal', value: '> <urn:c> .' } },
  ])
})

it.each(['<urn:a> <urn:p> .', '<urn:a> "p" <urn:b> .', 'hello', '<urn:a> <urn:p> "open .', '<urn:a> <urn:p> <urn:b> <urn:g> .'])(
  'leaves nothing out unsaid: %s', (line) => { expect(statementsOf(`<urn:a> <urn:p> <urn:b> .\n${line}\n`)).toBeNull() })
