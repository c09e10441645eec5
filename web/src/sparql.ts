import { mount } from 'svelte'
import './styles.css'
import SparqlPage from './views/sparql/SparqlPage.svelte'

const target = document.getElementById('app')
if (target) mount(SparqlPage, { target })
