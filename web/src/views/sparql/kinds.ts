/** The names of the kinds of things, for the legend of a picture. */

import type { SparqlKey, SparqlTexts } from '../../i18n/sparql'

const KEYS: Record<string, SparqlKey> = {
  municipality: 'kind.municipality', district: 'kind.district', state: 'kind.state', country: 'kind.country', region: 'kind.region',
  place: 'kind.place', network: 'kind.network', body: 'kind.body', organisation: 'kind.organisation', person: 'kind.person',
  programme: 'kind.programme', project: 'kind.project', event: 'kind.event', publication: 'kind.publication', agreement: 'kind.agreement',
  agent: 'kind.agent', award: 'kind.award',
  membership: 'kind.membership', source: 'kind.source', codelist: 'kind.codelist', ontology: 'kind.ontology',
}

/** A kind that has no name in our texts is shown as it is written in the address. */
export function kindName(kind: string, { t }: SparqlTexts): string {
  const key = KEYS[kind]
  return key ? t(key) : kind
}
